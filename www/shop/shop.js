// The shop: products, cart, sign-in. Tells the chats when somebody signed in or out; knows nothing else of them.

import { offerFailures } from "./failures.js";
import { recordEvents, wantsProof } from "./events.js";

const find = (id) => document.getElementById(id);
const number = new Intl.NumberFormat("en");

// First of all: a chat may speak before the shop's server has answered.
recordEvents(find("events"), find("clear-events"));
offerFailures(find("choices"), find("choice-about"));

/** Asks the shop's own server. */
async function ask(path, body) {
  const request = body && {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  const answer = await fetch(`/shop/${path}`, request);
  if (!answer.ok) {
    throw new Error(`The shop answered ${answer.status}: ${await answer.text()}`);
  }
  return answer.json();
}

const [products, account] = await Promise.all([ask("products"), ask("account")]);
let current = account;

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function picture(product) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `/assets/products.svg#${product.id}`);
  svg.append(use);
  return svg;
}

function card(product) {
  const quantity = element("span");
  const change = (by) => async () => {
    const before = current.cart[product.id] ?? 0;
    show(await ask("cart", { product: product.id, quantity: Math.max(0, before + by) }));
  };
  const button = (text, label, by) => {
    const made = element("button", { type: "button", textContent: text, className: by < 0 ? "quiet" : "" });
    made.setAttribute("aria-label", label);
    made.addEventListener("click", change(by));
    return made;
  };
  const fewer = button("−", `Remove one ${product.name}`, -1);
  const more = button("+", `Add one ${product.name}`, 1);
  const made = element(
    "li",
    { className: "product" },
    picture(product),
    element(
      "div",
      { className: "words" },
      element("h3", { textContent: product.name }),
      element("p", { textContent: product.description }),
    ),
    element(
      "div",
      { className: "buy" },
      element("span", { className: "price", textContent: number.format(product.price) }),
      element("div", { className: "stepper" }, fewer, quantity, more),
    ),
  );
  const draw = () => {
    const count = current.cart[product.id] ?? 0;
    quantity.textContent = count || "";
    fewer.hidden = count === 0;
  };
  return { made, draw };
}

const cards = products.map(card);
find("products").replaceChildren(...cards.map(({ made }) => made));

function show(account) {
  current = account;
  const { customer } = account;
  find("cart-value").textContent = number.format(account.cartValue);
  find("customer").textContent = customer?.name ?? "";
  find("customer").hidden = !customer;
  find("sign-in").hidden = Boolean(customer);
  find("sign-out").hidden = !customer;
  for (const { draw } of cards) {
    draw();
  }
}

const chats = () => [...document.querySelectorAll("bonafide-chat")];
// A chat that fails says so with its `error` event, which the log shows.
const quietly = (promise) => promise?.catch(() => {});

const dialog = find("sign-in-dialog");
find("sign-in").addEventListener("click", () => dialog.showModal());
// A visitor pressed "Sign in" inside a chat.
document.addEventListener("sign-in", () => dialog.open || dialog.showModal());

for (const button of dialog.querySelectorAll("[data-customer]")) {
  button.addEventListener("click", async () => {
    show(await ask("sign-in", { customer: button.dataset.customer }));
    dialog.close();
    // A chat that runs without proof, or waits for it, can have it now.
    for (const chat of chats().filter(wantsProof)) {
      quietly(chat.authenticate());
    }
  });
}

find("sign-out").addEventListener("click", async () => {
  show(await ask("sign-out", {}));
  for (const chat of chats()) {
    quietly(chat.signOut?.());
  }
});

show(account);
