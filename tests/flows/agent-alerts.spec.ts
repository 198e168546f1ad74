// Alerts: off until they are wanted, for new chats and for messages nobody looks at, once however many tabs are open, and
// with nothing that a visitor wrote.

import type { BrowserContext, Page } from "@playwright/test";

import { Waiting, agentAtWork, ownLine } from "../product/agents.mjs";
import { expectAccessible } from "../product/axe.mjs";
import { wear } from "./desk-looks";
import { type Product, expect, prepare, test as base } from "./fixtures";

const test = base.extend<{ own: Product }>({
  // Agents are alerted to all that wait in queues of theirs.
  own: async ({}, use) => {
    const product = await prepare();
    await use(product);
    await product.server.close();
  },
});

interface Shown {
  readonly title: string;
  readonly body: string;
}

/** Records the notifications and tones of every page of a context, which go on as they are. */
async function record(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const shown: Shown[] = [];
    const tones: number[] = [];
    Object.assign(globalThis, { shown, tones });
    const Real = Notification;
    globalThis.Notification = class extends Real {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        shown.push({ title, body: options?.body ?? "" });
      }
    };
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (...when) {
      tones.push(1);
      return start.apply(this, when);
    };
  });
}

/** Waits until every page has so much to do in its title, and has done what follows from it. */
async function haveCounted(pages: Page[], count: number): Promise<void> {
  for (const page of pages) {
    await expect(page).toHaveTitle(new RegExp(`^\\(${count}\\) `));
    await page.evaluate(async () => {
      await navigator.locks.query();
      await new Promise((done) => requestAnimationFrame(() => requestIdleCallback(done)));
    });
  }
}

async function heard(pages: Page[]): Promise<{ shown: Shown[]; tones: number }> {
  const read = () => {
    const { shown, tones } = globalThis as unknown as { shown: Shown[]; tones: number[] };
    return { shown, tones: tones.length };
  };
  const all = await Promise.all(pages.map((page) => page.evaluate(read)));
  return { shown: all.flatMap(({ shown }) => shown), tones: all.reduce((sum, { tones }) => sum + tones, 0) };
}

test("who wants alerts gets each once, in one of their tabs, and none for what is before their eyes", async ({ browser, own }) => {
  const { server, admin } = own;
  const { widget, queue } = await ownLine(admin, "Orders");
  const muted = await ownLine(admin, "Returns");
  const desk = await agentAtWork(browser, own);
  const { page } = desk;
  await record(page.context());
  await page.context().grantPermissions(["notifications"]);
  await page.reload();

  // Nothing before it is wanted.
  const mine = await Waiting.start(server.url, widget);
  await Waiting.start(server.url, muted.widget);
  await desk.pick(mine.id);
  await desk.accept();
  expect(await heard([page])).toEqual({ shown: [], tones: 0 });

  await page.getByRole("button", { name: "Alerts are off" }).click();
  const dialog = page.getByRole("dialog", { name: "Alerts" });
  await dialog.getByRole("switch", { name: "Sound" }).check();
  await dialog.getByRole("switch", { name: "Notifications of the desktop" }).check();
  await dialog.getByRole("switch", { name: "Returns" }).uncheck();
  await expectAccessible(page, "html", "alerts");
  await page.screenshot({ path: "../test-results/screens/agent-alerts.png" });
  await dialog.getByRole("button", { name: "Try it" }).click();
  await expect.poll(() => heard([page])).toEqual({ shown: [{ title: "New chat: Alex Example", body: "This is how an alert looks." }], tones: 1 });
  await dialog.getByRole("button", { name: "Close" }).click();

  const other = await page.context().newPage();
  await other.goto(`${server.url}/docs`);
  await expect(other).toHaveTitle(/^\(1\)/);
  await page.reload();
  await expect(desk.box).toBeVisible();
  const both = [page, other];

  // A new chat; one in the queue that is off alone is no news.
  await Waiting.start(server.url, muted.widget);
  const another = await Waiting.start(server.url, widget);
  await haveCounted(both, 3);
  expect((await heard(both)).shown).toEqual([{ title: "New chat: Unknown visitor", body: queue.name }]);

  // Looked at in one tab: no alert in any. Not looked at: one, without a word of it.
  await page.bringToFront();
  await mine.say("seen at once");
  await expect(desk.log.getByText("seen at once")).toBeVisible();
  await page.goto(`${server.url}/agent/${another.id}`);
  await expect(desk.summary("Authentication")).toBeVisible();
  await mine.say("my card number");
  await haveCounted(both, 4);
  const { shown } = await heard(both);
  expect(shown.filter(({ title }) => !title.startsWith("New chat"))).toEqual([{ title: "Unknown visitor", body: `New message · ${queue.name}` }]);
  await desk.close();
});

test("what the browser blocks is said, with what mends it", async ({ browser, own }) => {
  const desk = await agentAtWork(browser, own);
  const { page } = desk;
  await page.addInitScript(() => {
    Object.defineProperty(Notification, "permission", { get: () => "denied" });
    Notification.requestPermission = () => Promise.resolve("denied");
  });
  await page.reload();
  await page.getByRole("button", { name: "Alerts are off" }).click();
  const dialog = page.getByRole("dialog", { name: "Alerts" });
  await expect(dialog.getByText("The browser blocks notifications of this page")).toBeVisible();
  await expect(dialog.getByText("set Notifications to Allow")).toBeVisible();
  await dialog.getByRole("switch", { name: "Notifications of the desktop" }).click();
  await expect(dialog.getByRole("switch", { name: "Notifications of the desktop" })).not.toBeChecked();
  await expect(dialog.getByRole("button", { name: "Try it" })).toBeDisabled();
  for (const [look, options] of Object.entries({ dark: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } })) {
    await page.setViewportSize(options);
    await wear(page, look === "dark" ? "dark" : "light");
    await expectAccessible(page, "html", `alerts, blocked, ${look}`);
    await page.screenshot({ path: `../test-results/screens/agent-alerts-blocked-${look}.png` });
  }
  await desk.close();
});
