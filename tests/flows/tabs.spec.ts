// One person with two tabs: they share a conversation, one socket and one renewal.

import type { Page } from "@playwright/test";

import { Chat, recordEvents } from "../product/chat.mjs";
import { bert, expect, test, textsOf } from "./fixtures";

/** How many sockets of a page are open. */
function countSockets(page: Page): () => number {
  let open = 0;
  page.on("websocket", (socket) => {
    open += 1;
    socket.on("close", () => {
      open -= 1;
    });
  });
  return () => open;
}

/** The same page in another tab of the same browser, with its chat opened. */
async function openTwin(page: Page): Promise<Chat> {
  const twin = await page.context().newPage();
  await recordEvents(twin);
  await twin.goto(page.url());
  const chat = new Chat(twin);
  await chat.open();
  return chat;
}

test("two tabs hold one socket and renew once, and each has every message", async ({ page, context, product, website, visit }) => {
  await context.clock.install();
  website.visitor = { ...bert, expiresIn: 1_000 };
  const twin = await context.newPage();
  await recordEvents(twin);
  const sockets = [countSockets(page), countSockets(twin)];
  const together = () => sockets.reduce((sum, count) => sum + count(), 0);

  const first = await visit();
  await first.open();
  const { conversation } = await first.hears("started");
  await first.send("from the first tab");
  await twin.goto(page.url());
  const second = new Chat(twin);
  await second.open();
  expect((await second.hears("started")).conversation, "the same conversation").toBe(conversation);
  await expect(second.log.getByText("from the first tab")).toBeVisible();
  await second.send("from the second tab");
  await expect(first.log.getByText("from the second tab")).toBeVisible();
  expect(together()).toBe(1);

  // Each tab proved who the visitor is when it began; at four fifths of the token's life, one of them does for both.
  const asked = website.tokensAsked;
  website.visitor = { ...bert, expiresIn: 5_000 };
  const renewed = async () => (await first.heard("authenticated")).length + (await second.heard("authenticated")).length;
  const before = await renewed();
  await context.clock.fastForward(810_000);
  await expect.poll(() => website.tokensAsked).toBe(asked + 1);
  await expect.poll(renewed).toBeGreaterThan(before);
  // What either of them still wanted would be asked for before this is answered.
  await second.send("after the renewal");
  await expect(first.log.getByText("after the renewal")).toBeVisible();
  await first.send("and before the end");
  await expect.poll(() => textsOf(product, conversation)).toEqual(["from the first tab", "from the second tab", "after the renewal", "and before the end"]);
  expect(website.tokensAsked).toBe(asked + 1);
  await expect.poll(together).toBe(1);
});

test("a tab that is slow to answer is waited for, since it leads a conversation", async ({ page, website, visit }) => {
  website.visitor = bert;
  const first = await visit();
  await first.open();
  const { conversation } = await first.hears("started");
  // As a browser treats a tab in the background of a busy computer: later than a tab waits that has nobody to wait for.
  // From now on, since it has told the others already that it started.
  await page.evaluate(() => {
    const { postMessage } = BroadcastChannel.prototype;
    BroadcastChannel.prototype.postMessage = function (message) {
      setTimeout(() => postMessage.call(this, message), 1_000);
    };
  });
  const second = await openTwin(page);
  expect((await second.hears("started")).conversation).toBe(conversation);
});

test("two tabs that show the end of a chat go on in one conversation", async ({ page, product, website, visit }) => {
  website.visitor = bert;
  const first = await visit();
  await first.open();
  const { conversation } = await first.hears("started");
  const second = await openTwin(page);
  expect((await second.hears("started")).conversation).toBe(conversation);
  await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
  await product.admin.create(`/agent/conversations/${conversation}/close`, {});
  const began: string[] = [];
  for (const chat of [first, second]) await chat.hears("ended");
  for (const chat of [first, second]) {
    await chat.panel.getByRole("button", { name: "Start a new chat" }).click();
    await expect.poll(async () => (await chat.heard("started")).length).toBe(2);
    began.push((await chat.heard("started"))[1].conversation);
  }
  expect(began[0]).not.toBe(conversation);
  expect(began[1]).toBe(began[0]);
});
