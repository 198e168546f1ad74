// The inbox at work: counts on every page, the next chat by one click or key, two agents who want the same one, and the list
// of shortcuts.

import type { Page } from "@playwright/test";

import { Waiting, agentAtWork, ownLine } from "../product/agents.mjs";
import { expectAccessible } from "../product/axe.mjs";
import { Desk } from "../product/desk.mjs";
import { administrator } from "../product/server.mjs";
import { type Product, expect, prepare, test as base } from "./fixtures";

const test = base.extend<{ own: Product }>({
  // Counts are of all that wait.
  own: async ({}, use) => {
    const product = await prepare();
    await use(product);
    await product.server.close();
  },
});

const icon = (page: Page) => page.locator("link[rel=icon]").getAttribute("href").then((href) => decodeURIComponent(href ?? ""));

test("the counts stand in the title and the icon of every page, as they are now", async ({ browser, own }) => {
  const { server, admin } = own;
  const { widget } = await ownLine(admin);
  const first = await Waiting.start(server.url, widget);
  const desk = await Desk.signIn(browser, server.url, administrator);
  const { page } = desk;
  await expect(page).toHaveTitle("(1) Inbox · Bonafide");
  for (const [path, name] of [["/docs", "Integration guide"], ["/admin/queues", "Queues"]] as const) {
    await page.goto(server.url + path);
    await expect(page).toHaveTitle(new RegExp(`^\\(1\\) .*${name}`));
  }
  await Waiting.start(server.url, widget);
  await expect(page).toHaveTitle(/^\(2\) /);
  await expect.poll(() => icon(page)).toContain(">2<");

  await desk.page.goto(`${server.url}/agent/${first.id}`);
  await desk.accept();
  await expect(page).toHaveTitle(/^\(1\) /);
  await page.getByRole("link", { name: "Docs" }).click();
  // Until that page is there, they look at the chat, and what comes is read.
  await expect(page).toHaveTitle(/Integration guide/);
  await first.say("are you there?");
  await expect(page).toHaveTitle(/^\(2\) /);
  await page.goBack();
  await expect(page).toHaveTitle(/^\(1\) /);
  await desk.close();
});

test("the next chat is one click or one key away, and nobody gets one twice", async ({ browser, own }) => {
  const { server, admin } = own;
  const { widget, queue } = await ownLine(admin, "Line");
  const line: Waiting[] = [];
  for (let count = 0; count < 6; count++) line.push(await Waiting.start(server.url, widget));
  const [one, two] = [await agentAtWork(browser, own, "One"), await agentAtWork(browser, own, "Two")];
  const next = (desk: Desk) => desk.page.getByRole("button", { name: "Accept next" });
  for (const { page } of [one, two]) await expect(page.getByRole("list", { name: "Waiting conversations" }).getByRole("listitem")).toHaveCount(6);

  // One accepts in the head of the chat, and stands before the ones that still wait.
  await one.pick(line[0]!.id);
  await one.page.getByRole("button", { name: "Accept", exact: true }).click();
  await expect(one.box).toBeFocused();
  await expect(one.page.getByRole("tab", { name: /^Waiting/ })).toHaveAttribute("aria-selected", "true");
  await expect(one.listed(line[0]!.id)).toHaveCount(0);
  await next(one).click();
  await expect(one.page).toHaveURL(new RegExp(line[1]!.id));
  await expect(one.box).toBeFocused();

  // Both at once: each gets one of their own.
  await expect(two.page.getByRole("list", { name: "Waiting conversations" }).getByRole("listitem")).toHaveCount(4);
  await Promise.all([next(one).click(), next(two).click()]);
  await expect(two.box).toBeFocused();
  await expect(one.page).not.toHaveURL(new RegExp(line[1]!.id));
  const taken = [one, two].map(({ page }) => page.url().split("/").at(-1));
  expect(new Set(taken)).toEqual(new Set([line[2]!.id, line[3]!.id]));

  // A letter in a message is a letter; outside of it, it is the shortcut.
  await two.box.pressSequentially("a r ?");
  await expect(two.box).toHaveValue("a r ?");
  await expect(next(two)).toBeEnabled();
  await two.page.getByRole("heading", { name: "Inbox" }).click();
  await two.page.keyboard.press("a");
  await expect(two.page).toHaveURL(new RegExp(line[4]!.id));
  await expect(two.page.getByRole("list", { name: "Waiting conversations" }).getByRole("listitem")).toHaveCount(1);
  await expect(two.listed(line[5]!.id)).toContainText(queue.name);
  await one.close();
  await two.close();
});

test("the shortcuts are listed, and can be turned off", async ({ browser, own }) => {
  const { server, admin } = own;
  const { widget } = await ownLine(admin);
  const { id } = await Waiting.start(server.url, widget);
  const desk = await agentAtWork(browser, own);
  const { page } = desk;
  await expect(desk.listed(id)).toBeVisible();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(dialog).toBeVisible();
  await expectAccessible(page, "html", "shortcuts");
  await page.screenshot({ path: "../test-results/screens/agent-shortcuts.png" });
  // Behind the dialog nothing happens.
  await page.keyboard.press("a");
  await dialog.getByRole("switch").uncheck();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  // Single letters do nothing now, and that is remembered.
  for (const isAnew of [false, true]) {
    if (isAnew) await page.reload();
    await expect(desk.listed(id)).toBeVisible();
    await page.keyboard.press("a");
    await page.keyboard.press("?");
    // What the keys had asked for would be on its way before this.
    await page.evaluate(() => fetch("/api/v1/agent/conversations?limit=1"));
    await expect(dialog).toHaveCount(0);
    expect((await admin.read("/agent/conversations?state=waiting")).items.map((item: { id: string }) => item.id)).toContain(id);
  }
  await desk.close();
});
