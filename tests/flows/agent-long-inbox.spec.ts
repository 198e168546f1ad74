// An inbox in which thousands wait: the first row is there at once, the page stays small, and the last row is reached by
// scrolling. The waits are told, and the long ones marked.

import { Waiting, agentAtWork, ownLine } from "../product/agents.mjs";
import { expectAccessible } from "../product/axe.mjs";
import { Server } from "../product/server.mjs";
import { wear } from "./desk-looks";
import { expect, prepare, test } from "./fixtures";

/** How many wait. `BONAFIDE_WAITING=10000` is the whole measure, and takes some minutes to prepare. */
const MANY = Number(process.env["BONAFIDE_WAITING"] ?? 2_000);
/** Visitors who come at the same time while the line is made. */
const AT_ONCE = 32;

test("thousands who wait are a list like any other", async ({ browser }) => {
  const flags = ["--attempts-per-network", "1000000", "--starts-per-widget", "1000000"];
  const own = await Server.fresh({ flags });
  const { server, admin } = own;
  const { widget } = await ownLine(admin);
  const first = await Waiting.start(server.url, widget);
  let left = MANY - 2;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left-- > 0) await Waiting.start(server.url, widget);
    }),
  );
  const last = await Waiting.start(server.url, widget);

  const desk = await agentAtWork(browser, own);
  const { page } = desk;
  await expect(desk.listed(first.id)).toBeVisible();
  // What the browser has of the code is not what is measured.
  await page.reload();
  const list = page.getByRole("list", { name: "Waiting conversations" });
  await expect(desk.listed(first.id)).toBeVisible();
  const firstRow = await page.evaluate(() => {
    const entry = performance.getEntriesByType("resource").find(({ name }) => name.includes("state=waiting"));
    return entry?.duration ?? Infinity;
  });
  expect(firstRow, "the first page's answer, in milliseconds").toBeLessThan(1_000);
  await expect(page).toHaveTitle("(200+) Inbox · Bonafide");
  const nodes = () => page.evaluate(() => document.querySelectorAll("*").length);
  expect(await nodes()).toBeLessThan(2_000);

  // To the end, as far as it is loaded each time.
  const scroll = list.locator("..");
  await expect(async () => {
    await scroll.evaluate((part) => part.scrollTo(0, part.scrollHeight));
    await expect(desk.listed(last.id)).toBeVisible({ timeout: 50 });
  }).toPass({ timeout: 60_000, intervals: [0] });
  expect(await nodes()).toBeLessThan(2_000);
  await expect(page).toHaveTitle(`(${MANY}) Inbox · Bonafide`);
  await expect(page.getByRole("listitem").last()).toHaveAttribute("aria-posinset", String(MANY));
  await expectAccessible(page, "html", "a long inbox");

  // What comes and goes is in its place, without a jump of the list.
  const newest = await Waiting.start(server.url, widget);
  await expect(page).toHaveTitle(`(${MANY + 1}) Inbox · Bonafide`);
  await scroll.evaluate((part) => part.scrollTo(0, part.scrollHeight));
  await expect(desk.listed(newest.id)).toBeVisible();
  await desk.close();
  await server.close();
});

test("long waits are marked", async ({ browser }) => {
  const own = await prepare();
  const { server, admin } = own;
  const { widget } = await ownLine(admin);
  const { id } = await Waiting.start(server.url, widget);
  const desk = await agentAtWork(browser, own);
  const { page } = desk;
  const row = desk.listed(id);
  await expect(row.getByText("new", { exact: true })).toBeVisible();
  await page.clock.install();
  await page.reload();
  for (const [minutes, mark] of [[4, null], [6, "Long wait:"], [16, "Very long wait:"]] as const) {
    await page.clock.setSystemTime(Date.now() + minutes * 60_000);
    await page.clock.runFor(6_000);
    await expect(row.getByText(`${minutes} min`)).toBeVisible();
    await expect(row.getByLabel(/ong wait:$/)).toHaveCount(mark === null ? 0 : 1);
    if (mark !== null) await expect(row.getByLabel(mark)).toBeVisible();
  }
  for (const [look, options] of Object.entries({ light: { width: 1280, height: 800 }, dark: { width: 1280, height: 800 }, phone: { width: 390, height: 844 }, zoomed: { width: 640, height: 400 } })) {
    await page.setViewportSize(options);
    await wear(page, look === "dark" ? "dark" : "light");
    await expectAccessible(page, "html", `a long wait, ${look}`);
    await page.screenshot({ path: `../test-results/screens/agent-long-wait-${look}.png` });
  }
  await desk.close();
  await server.close();
});
