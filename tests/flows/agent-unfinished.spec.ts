// Nothing an agent typed is lost: a draft and a message that was not sent survive other pages, a reload and other chats; a
// copy of the tab does not say it twice; who signs out leaves nothing behind.

import type { Page } from "@playwright/test";

import { Waiting, agentAtWork, ownLine } from "../product/agents.mjs";
import type { Desk } from "../product/desk.mjs";
import { expectAccessible } from "../product/axe.mjs";
import { expect, test } from "./fixtures";

const SENT_MESSAGES = /\/agent\/conversations\/[^/]+\/messages$/;

/** Breaks what is sent from a page, and gives what mends it. Reading goes on. */
async function breakSending(page: Page): Promise<() => Promise<void>> {
  await page.route(SENT_MESSAGES, (route) => (route.request().method() === "POST" ? route.abort() : route.fallback()));
  return () => page.unroute(SENT_MESSAGES);
}

async function write(desk: Desk, text: string): Promise<void> {
  await desk.box.fill(text);
  await desk.box.press("Enter");
}

test("a draft and a message that was not sent are still there, and the message is said once", async ({ browser, product }) => {
  const { server, admin } = product;
  const { widget } = await ownLine(admin);
  const [first, second] = [await Waiting.start(server.url, widget), await Waiting.start(server.url, widget)];
  const desk = await agentAtWork(browser, product);
  const { page } = desk;
  for (const { id } of [first, second]) {
    await desk.pick(id);
    await desk.accept();
  }
  await page.goto(`${server.url}/agent/${first.id}`);

  const mend = await breakSending(page);
  await write(desk, "an answer");
  const failed = page.getByRole("alert").filter({ hasText: "Not sent" });
  await expect(failed).toBeVisible();
  await desk.box.fill("half a sen");
  await expectAccessible(page, "html", "a message was not sent");
  await page.screenshot({ path: "../test-results/screens/agent-not-sent.png" });
  const isStillThere = async (where: string) => {
    await expect(failed, where).toBeVisible();
    await expect(desk.log.getByText("an answer", { exact: true }), where).toHaveCount(1);
    await expect(desk.box, where).toHaveValue("half a sen");
  };

  await page.getByRole("link", { name: "Docs" }).click();
  await expect(page.getByRole("navigation", { name: "Documentation" })).toBeVisible();
  await page.goBack();
  await isStillThere("after a look into Docs");
  await page.reload();
  await isStillThere("after a reload");
  await page.goto(`${server.url}/agent/${second.id}?tab=active`);
  await expect(desk.box).toHaveValue("");
  await desk.listed(first.id).click();
  await isStillThere("after another chat");

  // A copy of the tab has a copy of what is unfinished, as browsers do it.
  const stored = await page.evaluate(() => Object.entries(sessionStorage));
  const copy = await page.context().newPage();
  await copy.addInitScript((entries) => entries.forEach(([key, value]) => sessionStorage.setItem(key, value)), stored);
  await copy.goto(page.url());
  await expect(copy.getByRole("alert").filter({ hasText: "Not sent" })).toBeVisible();
  await mend();
  await failed.getByRole("button", { name: "Send again" }).click();
  await expect(failed).toHaveCount(0);
  await expect(copy.getByRole("alert").filter({ hasText: "Not sent" })).toHaveCount(0);
  await copy.close();
  expect(await textsAsAgent(desk, first.id)).toEqual(["an answer"]);
  await desk.close();
});

test("a message that was on its way at a reload arrives, once", async ({ browser, product }) => {
  const { server, admin } = product;
  const { widget } = await ownLine(admin);
  const { id } = await Waiting.start(server.url, widget);
  const desk = await agentAtWork(browser, product);
  await desk.pick(id);
  await desk.accept();
  const sent = desk.page.waitForRequest((request) => SENT_MESSAGES.test(request.url()) && request.method() === "POST");
  await desk.page.route(SENT_MESSAGES, (route) => (route.request().method() === "POST" ? undefined : route.fallback()));
  await write(desk, "on its way");
  await sent;
  await desk.page.unroute(SENT_MESSAGES);
  await desk.page.reload();
  await expect.poll(() => textsAsAgent(desk, id)).toEqual(["on its way"]);
  await expect(desk.page.getByText("Sending…")).toHaveCount(0);
  await desk.close();
});

test("whoever signs out leaves no draft behind", async ({ browser, product }) => {
  const { server, admin } = product;
  const { widget } = await ownLine(admin);
  const { id } = await Waiting.start(server.url, widget);
  const desk = await agentAtWork(browser, product);
  await desk.pick(id);
  await desk.accept();
  await desk.box.fill("private");
  await expect.poll(() => desk.page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)))).toContain("private");
  await desk.page.getByRole("button", { name: /^Signed in as/ }).click();
  await desk.page.getByRole("menuitem", { name: "Sign out" }).click();
  const leave = desk.page.getByRole("button", { name: "Sign out", exact: true });
  // The page is loaded anew, so that nothing of it stays.
  const loaded = desk.page.waitForEvent("load");
  await leave.click();
  await loaded;
  await expect(desk.page.getByRole("button", { name: "Sign in" })).toBeVisible();
  expect(await desk.page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)))).not.toContain("private");
  await desk.close();
});

/** What was said, as the agent's own page reads it. */
async function textsAsAgent(desk: Desk, conversation: string): Promise<string[]> {
  const answer = await desk.page.request.get(new URL(`/api/v1/agent/conversations/${conversation}/messages`, desk.page.url()).href);
  return (await answer.json()).items.map((message: { text: string }) => message.text);
}
