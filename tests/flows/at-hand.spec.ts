// What the visitor does with hands and eyes: the chat is loaded while the pointer is on its way, the field grows with what is
// typed, and who reads further up stays there.

import type { Route } from "@playwright/test";

import { bert, expect, test } from "./fixtures";
import { part } from "./looks";

test("the chat is loaded when the pointer comes to the launcher, and nothing else is", async ({ page, product, website, visit }) => {
  website.visitor = bert;
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().startsWith(product.server.url)) asked.push(new URL(request.url()).pathname.replace(/-[\w-]{8}\./, "."));
  });
  const chat = await visit();
  await expect(chat.launcher).toBeVisible();
  expect(asked).toEqual(["/embed.js"]);
  const loaded = page.waitForEvent("requestfinished", (request) => /assets\/chat-/.test(request.url()));
  await chat.launcher.hover();
  await loaded;
  await chat.launcher.focus();
  expect(asked).toEqual(["/embed.js", "/assets/chat.js"]);
  await chat.open();
  await chat.hears("started");
  expect(asked.filter((path) => path === "/assets/chat.js"), "loaded once").toHaveLength(1);
});

test("the two scripts ask to be compiled while they arrive, in their first line", async ({ page, website, visit }) => {
  website.visitor = bert;
  const first = page.waitForResponse(/\/embed\.js$/);
  const chat = await visit();
  const second = page.waitForResponse(/\/assets\/chat-/);
  await chat.open();
  for (const script of [await first, await second]) expect(await script.text()).toMatch(/^\/\/# allFunctionsCalledOnLoad\n/);
});

test("what could not be loaded by then is loaded by the click, and the page heard no error", async ({ page, website, visit }) => {
  website.visitor = bert;
  const refuse = (route: Route) => route.abort();
  await page.route("**/assets/chat-*", refuse);
  const chat = await visit();
  const failed = page.waitForEvent("requestfailed");
  await chat.launcher.hover();
  await failed;
  await page.unroute("**/assets/chat-*", refuse);
  // Browsers differ in whether they remember that a module failed; at another address none does.
  const again = page.waitForRequest(/\/assets\/chat-[^/]*\?attempt=1$/, { timeout: 15_000 });
  await chat.open();
  await again;
  await chat.hears("started");
  expect(await chat.heard("error")).toEqual([]);
});

test("the field is as high as what is typed, up to a limit, and low again when that is sent", async ({ website, visit }) => {
  website.visitor = bert;
  const chat = await visit();
  await chat.open();
  await chat.hears("started");
  const field = part(chat, "input");
  const height = () => field.evaluate((element) => element.getBoundingClientRect().height);
  const low = await height();
  await field.fill("one\ntwo\nthree");
  expect(await height()).toBeGreaterThan(low * 1.8);
  await field.fill("line\n".repeat(40));
  expect(await height()).toBe(132);
  await field.fill("one\ntwo\nthree");
  await field.press("Enter");
  await expect(field).toHaveValue("");
  expect(await height()).toBe(low);
});

test("who reads further up stays there, and who sees the end sees what comes", async ({ page, product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit();
  await chat.open();
  const { conversation } = await chat.hears("started");
  await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
  const say = (text: string) =>
    product.admin.create(`/agent/conversations/${conversation}/messages`, { clientId: text.replaceAll(/\W/g, "-"), text });
  for (let line = 1; line <= 12; line += 1) await say(`Line ${line} of the answer`);
  const last = chat.log.getByText("Line 12 of the answer");
  await expect(last).toBeInViewport();

  const log = part(chat, "log");
  await log.hover();
  await page.mouse.wheel(0, -4_000);
  await expect(chat.log.getByText("Line 1 of the answer")).toBeInViewport();
  await say("This comes while they read");
  await expect(part(chat, "pill")).toBeVisible();
  await expect(chat.log.getByText("Line 1 of the answer")).toBeInViewport();
  expect(await log.evaluate((scroll) => scroll.scrollTop)).toBe(0);

  await page.mouse.wheel(0, 4_000);
  await expect(part(chat, "pill")).toBeHidden();
  await say("This comes when they are back");
  await expect(chat.log.getByText("This comes when they are back")).toBeInViewport();

  // Minimised and opened again, it shows the end.
  await page.mouse.wheel(0, -4_000);
  await expect(chat.log.getByText("Line 1 of the answer")).toBeInViewport();
  await part(chat, "launcher").click();
  await expect(chat.panel).toBeHidden();
  await part(chat, "launcher").click();
  await expect(chat.log.getByText("This comes when they are back")).toBeInViewport();
});
