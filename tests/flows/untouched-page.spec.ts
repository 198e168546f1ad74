// Pages as they are, and as they stay: the chat leaves no global, no cookie and nothing kept for longer than the tab, and
// works in pages that changed the language under it, before it came or afterwards.

import type { Page } from "@playwright/test";

import type { Chat } from "../product/chat.mjs";
import { bert, expect, test, textsOf } from "./fixtures";

/** A client function that gives the visitor's token, by means that no page replaces. */
const client = `(() => {
  const request = fetch, { then } = Promise.prototype, { call } = Function.prototype;
  window.auth = { getAuthenticationToken(done) {
    call.call(then, call.call(then, request("/auth/token"), (answer) => answer.text()), done);
  } };
})();`;

/** What pages do to the language before the chat comes: all of it still works, in its own way. */
const POLYFILLED = `
  // Zone-like wrappers, and those of analytics and error reporting.
  for (const name of ["fetch", "setTimeout", "clearTimeout", "queueMicrotask"]) {
    const original = window[name];
    window[name] = function (...all) { return original.apply(this === undefined ? window : this, all); };
  }
  const { addEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (...all) { return addEventListener.apply(this, all); };
  Function.prototype.load = function () { return this; };
  // A promise of the page's own, as polyfills make it: no subclass of the real one.
  const RealPromise = Promise;
  window.Promise = function (run) { return new RealPromise(run); };
  Object.setPrototypeOf(window.Promise, RealPromise);
  window.Promise.prototype = RealPromise.prototype;
  // Libraries of old: enumerable names on everybody's prototypes, and JSON in their manner.
  Array.prototype.remove = function (item) { const at = this.indexOf(item); if (at >= 0) this.splice(at, 1); };
  Array.prototype.each = Array.prototype.forEach;
  Object.prototype.clone = function () { return Object.assign({}, this); };
  String.prototype.trimAll = function () { return this.trim(); };
  Function.prototype.later = function (ms) { return setTimeout(this, ms); };
`;

/** What a page breaks after the chat is on the screen: everything that it reaches the server and the clock by. */
const BROKEN = `
  const never = () => { throw new Error("replaced by the page"); };
  window.fetch = () => new Promise(() => {});
  window.Promise = function () { never(); };
  window.setTimeout = () => 0;
  window.clearTimeout = () => {};
  window.queueMicrotask = never;
  window.WebSocket = never;
  window.BroadcastChannel = never;
  window.AbortController = never;
  window.XMLHttpRequest = never;
  window.JSON = { parse: never, stringify: never };
  crypto.getRandomValues = never;
  Promise.resolve = Promise.reject = never;
`;

/** Starts as the visitor, and talks in both directions. */
async function talk(chat: Chat, product: Parameters<typeof textsOf>[0]): Promise<void> {
  const { conversation, authenticated } = await chat.hears("started");
  expect(authenticated).toBe(true);
  await chat.send("from the visitor");
  // Shown is not stored yet: the agent's answer could come first.
  await expect.poll(() => textsOf(product, conversation)).toEqual(["from the visitor"]);
  await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
  await product.admin.create(`/agent/conversations/${conversation}/messages`, { clientId: "a1", text: "from the agent" });
  await expect(chat.log.getByText("from the agent")).toBeVisible();
  expect(await textsOf(product, conversation)).toEqual(["from the visitor", "from the agent"]);
  expect(await chat.heard("error")).toEqual([]);
}

/** Uncaught errors of the page, whoever made them. */
function uncaught(page: Page): string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.stack ?? error.message));
  return errors;
}

test("a page that polyfilled and extended everything before the chat came", async ({ page, product, website, visit }) => {
  website.visitor = bert;
  const errors = uncaught(page);
  const chat = await visit({ client: `${POLYFILLED}${client}` });
  await chat.open();
  await talk(chat, product);
  expect(errors).toEqual([]);
});

for (const [what, script] of Object.entries({ "polyfills and extends everything": POLYFILLED, "breaks what the chat is made with": BROKEN })) {
  test(`a page that ${what} while the chat is on the screen`, async ({ page, product, website, visit }) => {
    website.visitor = bert;
    const errors = uncaught(page);
    const chat = await visit({ client });
    await chat.open();
    await chat.hears("started");
    await page.addScriptTag({ content: script });
    await talk(chat, product);
    await chat.panel.getByRole("button", { name: "Close chat" }).click();
    await expect(chat.panel).toBeHidden();
    await chat.open();
    await chat.send("open again");
    expect(await chat.heard("opened")).toHaveLength(2);
    expect(errors).toEqual([]);
  });
}

test("a polluted Object.prototype gives nobody a token, and no option", async ({ product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit({
    client: `Object.assign(Object.prototype, {
      token: "polluted", authenticated: true, secret: "polluted", server: "https://elsewhere.example", storage: "none", status: 200, code: "polluted",
    });
    window.auth = { getAuthenticationToken: function (done) { done(null); } };`,
  });
  await chat.open();
  expect((await chat.hears("error")).code).toBe("token-not-provided");
  expect(await chat.heard("started")).toEqual([]);
  expect(product.server.output).not.toContain("polluted");
});

test("a function that only a polluted prototype has is called as any inherited one", async ({ website, visit }) => {
  website.visitor = bert;
  const chat = await visit({ client: `${client} Object.prototype.getAuthenticationToken = auth.getAuthenticationToken; window.auth = {};` });
  await chat.open();
  expect(await chat.hears("started")).toMatchObject({ authenticated: true });
});

test("no global but the element, no cookie, and only the tab's own storage but for what ends the session", async ({ page, context, product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit({ client: `window.namesBefore = Object.getOwnPropertyNames(window); ${client}` });
  await chat.open();
  await talk(chat, product);
  await chat.box.fill("a draft");
  const left = await page.evaluate(async () => {
    const { namesBefore } = window as unknown as { namesBefore: string[] };
    const own = new Set([...namesBefore, "namesBefore", "auth"]);
    return {
      globals: Object.getOwnPropertyNames(window).filter((name) => !own.has(name)),
      element: customElements.get("bonafide-chat") !== undefined,
      cookie: document.cookie,
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage).sort(),
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      history: history.length,
      hash: location.hash,
    };
  });
  const widget = await chat.element.getAttribute("widget");
  expect(left).toEqual({
    globals: [],
    element: true,
    cookie: "",
    local: [`bonafide:${widget}:sessions`],
    session: [`bonafide:${widget}`, `bonafide:${widget}:draft`, `bonafide:${widget}:open`],
    databases: 0,
    caches: 0,
    workers: 0,
    history: 2,
    hash: "",
  });
  expect(await context.cookies(), "none of the server's either").toEqual([]);
});

test("a page whose storage is blocked chats all the same", async ({ page, product, website, visit }) => {
  website.visitor = bert;
  const errors = uncaught(page);
  const blocked = `Object.defineProperty(window, "sessionStorage", { get() { throw new DOMException("blocked", "SecurityError"); } });`;
  const chat = await visit({ client: `${blocked}${client}` });
  await chat.open();
  await talk(chat, product);
  expect(errors).toEqual([]);
});
