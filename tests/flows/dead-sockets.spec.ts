// Sockets that are not live and do not say so: whoever only waits sees the answer, the banner says what is true, and once
// sockets work again there is one. In all the ways of `faulty-wire.mjs` at once, as each takes its time.

import type { Browser } from "@playwright/test";

import { Chat, recordEvents } from "../product/chat.mjs";
import { FAULTS, FaultyWire } from "../product/faulty-wire.mjs";
import { Website } from "../product/website.mjs";
import { bert, expect, test, type Product } from "./fixtures";

/** A socket that falls silent is replaced in this time, and what was missed is here. */
const A_MINUTE = 60_000;

type Fault = (typeof FAULTS)[number];

async function visitor(browser: Browser, { server, admin, workStream }: Product) {
  const website = await Website.open();
  const wire = await FaultyWire.to(server.url);
  website.visitor = bert;
  const { widget } = await website.record(admin, { workStream });
  const context = await browser.newContext();
  const page = await context.newPage();
  await recordEvents(page);
  await page.goto(website.page({ server: wire.url, widget }));
  const chat = new Chat(page);
  const close = async () => {
    await context.close();
    await wire.close();
    await website.close();
  };
  return { chat, wire, close };
}

const agentSays = ({ admin }: Product, conversation: string, text: string) =>
  admin.create(`/agent/conversations/${conversation}/messages`, { clientId: text.replaceAll(" ", "-"), text });

async function falls(browser: Browser, product: Product, fault: Fault, isOpen: boolean) {
  const what = `${fault}, ${isOpen ? "open" : "new"}`;
  const { chat, wire, close } = await visitor(browser, product);
  const slow = chat.panel.getByText("Answers may take a little longer.", { exact: true });
  if (!isOpen) wire.fault = fault;
  await chat.open();
  const { conversation } = await chat.hears("started");
  await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
  if (isOpen) await expect(chat.panel.getByText("You are chatting with")).toBeVisible();
  wire.fault = fault;
  await agentSays(product, conversation, "an answer");
  await expect(chat.log.getByText("an answer"), what).toBeVisible({ timeout: A_MINUTE });
  // Until sockets work again, answers come all the same, and what is written arrives.
  await agentSays(product, conversation, "a second one");
  await chat.send("thanks");
  await expect(chat.log.getByText("a second one"), what).toBeVisible({ timeout: A_MINUTE });
  await expect(slow, what).toBeVisible({ timeout: A_MINUTE });
  await expect(chat.panel.getByText("No connection.")).toHaveCount(0);
  wire.fault = "none";
  await expect(slow, what).toHaveCount(0, { timeout: A_MINUTE });
  await agentSays(product, conversation, "a third one");
  await expect(chat.log.getByText("a third one"), what).toBeVisible({ timeout: A_MINUTE });
  const texts = await chat.log.locator(".bubble").allInnerTexts();
  expect(texts.sort(), what).toEqual(["a second one", "a third one", "an answer", "thanks"]);
  expect(await chat.heard("error"), what).toEqual([]);
  await close();
}

test("a socket that dies without a word is replaced, and answers are not waited for", async ({ browser, product }) => {
  test.setTimeout(240_000);
  const dying: Fault[] = ["frozen", "deaf", "forgotten"];
  const unborn: Fault[] = ["refused", "unanswered", "silent", "mute", "dripping"];
  await Promise.all([...dying.map((fault) => falls(browser, product, fault, true)), ...unborn.map((fault) => falls(browser, product, fault, false))]);
});

test("whoever comes back to the page finds out at once that a socket is dead", async ({ browser, product }) => {
  const { chat, wire, close } = await visitor(browser, product);
  await chat.open();
  const { conversation } = await chat.hears("started");
  await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
  await expect(chat.panel.getByText("You are chatting with")).toBeVisible();
  wire.fault = "forgotten";
  await agentSays(product, conversation, "while you were away");
  // A socket that has spoken a moment ago is not tried.
  const before = wire.sockets;
  await expect(async () => {
    await chat.page.evaluate(() => window.dispatchEvent(new Event("focus")));
    expect(wire.sockets).toBeGreaterThan(before);
  }).toPass({ timeout: 15_000 });
  wire.fault = "none";
  await expect(chat.log.getByText("while you were away")).toBeVisible({ timeout: 15_000 });
  await close();
});
