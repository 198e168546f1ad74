// What a screen reader says of the chat: each thing once, in words, and nothing that is not on the screen.

import type { Page } from "@playwright/test";

import { Chat } from "../product/chat.mjs";
import { bert, expect, test } from "./fixtures";
import { open, part } from "./looks";

/** Something that is read out: by the conversation's state, by the launcher, or as a message. */
type Said = readonly [region: "state" | "launcher" | "log", text: string];

/** Runs in the page once the chat's element is there: keeps what its live regions come to say while they are rendered. */
function listen(): void {
  const said: Said[] = [];
  Object.assign(globalThis, { said });
  const root = document.querySelector("bonafide-chat")?.shadowRoot as ShadowRoot;
  const say = (region: Said[0], text: string | null) => {
    if (text) said.push([region, text]);
  };
  new MutationObserver((mutations) => {
    const changed = new Set<Element>();
    for (const { target, addedNodes } of mutations) {
      const around = target instanceof Element ? target : target.parentElement;
      const region = around?.closest("[role=status], [role=log], [role=alert], [aria-live]");
      // What is put away is not read out, nor what says that it is off or busy. The log itself has no box.
      if (!region || !(region.closest("dialog") ?? region).checkVisibility() || region.closest("[aria-live=off], [aria-busy=true]")) continue;
      if (region.role !== "log") changed.add(region);
      for (const node of region.role === "log" ? addedNodes : []) {
        const [name, bubble] = node instanceof Element ? node.querySelectorAll(".name, .quiet, .bubble") : [];
        say("log", bubble ? `${name?.textContent}: ${bubble.textContent}` : node.textContent);
      }
    }
    for (const region of changed) say(region.closest("dialog") ? "state" : "launcher", region.textContent);
  }).observe(root, { childList: true, characterData: true, subtree: true });
}

const heard = (page: Page, region: Said[0]): Promise<string[]> =>
  page.evaluate((wanted) => (globalThis as unknown as { said: Said[] }).said.filter(([where]) => where === wanted).map(([, text]) => text), region);

/** A client function that asks the website each time, and says so when nobody is signed in. */
const client = `window.auth = { getAuthenticationToken: function (done) {
  fetch("/auth/token").then(function (answer) { return answer.ok ? answer.text() : null; }).then(done);
} };`;

const SIGN_IN = "Please sign in to chat. So that we know it is you, and can help.";
const JOINED = "You are chatting with \u2068Ada Admin\u2069";
const LAPSED = "Your sign-in has expired. You can read on; sign in again to be recognised.";
const NOBODY = "Nobody is here at the moment. Leave a message: it will be read.";
const FAILED = "We couldn’t confirm your sign-in. This page did not tell us who you are. Reload it and try again.";

test("the way into a chat, an answer, and a renewal that fails are each said once", async ({ page, product, website, visit }) => {
  await page.clock.install();
  const chat = await visit({ client, isAlone: true });
  await expect(chat.launcher).toBeVisible();
  await page.evaluate(listen);
  await open(chat);
  await expect(part(chat, "card")).toBeVisible();
  website.visitor = bert;
  await part(chat, "card").getByRole("button").click();
  const { conversation } = await chat.hears("started");
  await expect(part(chat, "note")).not.toBeEmpty();
  await chat.send("Where is my order?");
  await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
  await expect(part(chat, "status")).toHaveText("Ada Admin");
  await product.admin.create(`/agent/conversations/${conversation}/messages`, { clientId: "a1", text: "On its way." });
  await expect(chat.log.getByText("On its way.")).toBeVisible();

  website.visitor = null;
  // After four fifths of the token's life, a quarter of an hour.
  await page.clock.fastForward("12:30");
  await expect(part(chat, "status")).toHaveText("Ada Admin");
  await expect(part(chat, "banner")).toContainText("confirm your sign-in");

  // So long a silence has the socket replaced, which may be said before.
  const said = (await heard(page, "state")).filter((text: string) => !text.endsWith("Reconnecting…"));
  expect(said).toEqual([
    "One moment…",
    "Confirming your sign-in…",
    SIGN_IN,
    "Confirming your sign-in…",
    "Connecting you…",
    "Waiting for an agent. You are next in line. Signed in",
    `${JOINED}. Signed in`,
    `${JOINED}. Signed in. ${FAILED}`,
  ]);
  expect(await heard(page, "log")).toEqual(["You: Where is my order?", "Ada Admin: On its way."]);
  expect(await heard(page, "launcher")).toEqual([]);
});

test("that nobody is there is said once, after where the chat stands", async ({ page, website, visit }) => {
  website.visitor = bert;
  const chat = await visit({ isUnserved: true });
  await expect(chat.launcher).toBeVisible();
  await page.evaluate(listen);
  await open(chat);
  await expect.poll(async () => (await heard(page, "state")).slice(-2)).toEqual(["Waiting for an agent. Signed in", NOBODY]);
});

test("a sign-in that has lapsed is said once", async ({ page, website, visit }) => {
  // A machine that is slow to start the chat still has the leeway's minute for it.
  website.signInOnce({ ...bert, expiresIn: 4 });
  const chat = await visit({ client, isAlone: true });
  await expect(chat.launcher).toBeVisible();
  await page.evaluate(listen);
  await open(chat);
  await chat.hears("started");
  await expect(part(chat, "signed-in")).toBeHidden();
  await expect(part(chat, "banner")).not.toBeEmpty();
  const said = await heard(page, "state");
  expect(said.at(-1)).toBe(`Waiting for an agent. You are next in line. ${LAPSED}`);
  expect(said.filter((text) => text.includes(LAPSED))).toHaveLength(1);
  expect(said, "nothing is said twice").toEqual([...new Set(said)]);
});

test("while the chat is put away, the launcher tells of messages, and the conversation keeps quiet", async ({ page, product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit({ isAlone: true });
  await open(chat);
  const { conversation } = await chat.hears("started");
  await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
  await expect(part(chat, "status")).toHaveText("Ada Admin");
  await page.evaluate(listen);
  await page.keyboard.press("Escape");
  await expect(chat.panel).toBeHidden();
  for (const [index, text] of ["On its way.", "Anything else?"].entries()) {
    await product.admin.create(`/agent/conversations/${conversation}/messages`, { clientId: `a${index}`, text });
    await expect(part(chat, "badge")).toHaveText(String(index + 1));
  }
  await expect(chat.launcher).toHaveAccessibleName("Open chat. Unread messages: 2");
  expect(await heard(page, "launcher")).toEqual(["Unread messages: 1", "Unread messages: 2"]);
  await open(chat);
  await expect(part(chat, "badge")).toBeEmpty();
  expect(await heard(page, "launcher")).toHaveLength(2);
  expect([...(await heard(page, "state")), ...(await heard(page, "log"))]).toEqual([]);
});
