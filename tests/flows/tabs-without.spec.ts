// One person with two tabs, in a browser that lacks what tabs agree by: locks to choose who leads, or channels to talk.

import type { BrowserContext, Page } from "@playwright/test";

import { Chat, recordEvents } from "../product/chat.mjs";
import { bert, expect, test, textsOf } from "./fixtures";

/** Runs in each page before its first script. */
function removeLocks(): void {
  Object.defineProperty(Navigator.prototype, "locks", { get: () => undefined });
}
function removeChannels(): void {
  Reflect.deleteProperty(globalThis, "BroadcastChannel");
}

/** The same page in another tab. */
async function twinOf(page: Page, context: BrowserContext): Promise<Chat> {
  const twin = await context.newPage();
  await recordEvents(twin);
  await twin.goto(page.url());
  return new Chat(twin);
}

/** The session that a tab keeps; nothing once it has forgotten it. */
const sessionOf = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => Object.entries({ ...sessionStorage }).find(([key]) => /^bonafide:wgt_\w+$/.test(key))?.[1]);

test("without locks, two tabs share a conversation, and each has every message", async ({ page, context, product, website, visit }) => {
  await context.addInitScript(removeLocks);
  website.visitor = bert;
  const first = await visit();
  expect(await page.evaluate(() => [typeof navigator.locks, typeof BroadcastChannel])).toEqual(["undefined", "function"]);
  await first.open();
  const { conversation } = await first.hears("started");
  await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
  const second = await twinOf(page, context);
  await second.open();
  expect((await second.hears("started")).conversation, "the same conversation").toBe(conversation);

  await first.send("from the first tab");
  await expect(second.log.getByText("from the first tab")).toBeVisible();
  await second.send("from the second tab");
  await expect(first.log.getByText("from the second tab")).toBeVisible();
  await product.admin.create(`/agent/conversations/${conversation}/messages`, { clientId: "a1", text: "from the agent" });

  const all = ["from the first tab", "from the second tab", "from the agent"];
  for (const chat of [first, second]) {
    await expect(chat.log.locator(".bubble")).toHaveText(all);
    expect(await chat.heard("error")).toEqual([]);
  }
  expect(await textsOf(product, conversation)).toEqual(all);
});

test("without channels as well, each tab chats, and a sign-out still reaches the other", async ({ page, context, product, website, visit }) => {
  await context.addInitScript(removeLocks);
  await context.addInitScript(removeChannels);
  website.visitor = bert;
  const first = await visit();
  expect(await page.evaluate(() => [typeof navigator.locks, typeof BroadcastChannel])).toEqual(["undefined", "undefined"]);
  const second = await twinOf(page, context);
  const tabs = [
    { chat: first, text: "from the first tab", answer: "to the first tab" },
    { chat: second, text: "from the second tab", answer: "to the second tab" },
  ];
  for (const { chat, text, answer } of tabs) {
    await chat.open();
    const { conversation } = await chat.hears("started");
    await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
    await chat.send(text);
    await expect.poll(() => textsOf(product, conversation)).toEqual([text]);
    await product.admin.create(`/agent/conversations/${conversation}/messages`, { clientId: "a1", text: answer });
    await expect(chat.log.getByText(answer)).toBeVisible();
  }
  const kept = await sessionOf(second.page);
  const secret = /"secret":"([^"]+)/.exec(kept ?? "")?.[1];
  expect(secret, "the second tab has a session of its own").toBeTruthy();

  await page.evaluate(() => (document.querySelector("bonafide-chat") as unknown as { signOut(): Promise<void> }).signOut());
  for (const { chat } of tabs) {
    await expect(chat.log.locator(".bubble"), "the next person finds nothing").toHaveCount(0);
    await expect.poll(() => sessionOf(chat.page)).toBeUndefined();
    expect(await chat.page.evaluate(() => ({ ...localStorage })), "what told the other tab is gone again").toEqual({});
  }
  const { conversation } = await second.hears("started");
  const ask = () =>
    fetch(`${product.server.url}/api/v1/conversations/${conversation}/messages`, {
      headers: { authorization: `Bearer ${secret}`, origin: website.origin },
    });
  await expect.poll(async () => (await ask()).status, { message: "the second tab's session has ended at the server too" }).toBe(401);
});
