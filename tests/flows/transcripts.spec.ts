// Long conversations: a thousand messages are drawn at once, and with five thousand the chat is as quick to use as with five.

import type { CDPSession, Page } from "@playwright/test";

import { bert, expect, test } from "./fixtures";
import { open, part } from "./looks";

// A trace asks every element for its sizes, time and again; this is about a page that nobody looks into.
test.use({ viewport: { width: 1100, height: 760 }, contextOptions: { reducedMotion: "reduce" }, trace: "off" });

const WORDS = "Where is my order and when does it arrive at the address that I gave you last week because it is a gift".split(" ");

/** Runs in the page: finds those who follow its chat, which may be given any messages from then on. */
function findFollowers(): void {
  const { get } = Map.prototype;
  Map.prototype.get = function (key) {
    if (key === "messages") Object.assign(globalThis, { followers: this });
    return get.call(this, key);
  };
}

/** Runs in the page: gives messages a minute apart to those who draw them, as the chat does once it has them. */
function give([count, words]: readonly [number, readonly string[]]): void {
  const messages = Array.from({ length: count }, (_, index) => ({
    clientId: `m${index + 1}`,
    order: index + 1,
    from: index % 3 ? "agent" : "visitor",
    name: index % 3 ? "Ada Admin" : null,
    text: `${index + 1}: ${words.slice(0, 3 + ((index * 7) % 18)).join(" ")}`,
    sentAt: new Date(Date.now() - (count - index) * 60_000).toISOString(),
    delivery: "sent",
  }));
  const { followers } = globalThis as unknown as { followers: Map<string, Set<(messages: unknown) => void>> };
  for (const follower of followers.get("messages") ?? []) follower(messages);
}

/**
 * How long the page may work until they are on the screen, in milliseconds of the processor: what else the machine does at the
 * time fails nobody.
 */
const LIMITS = [
  { count: 1_000, slower: 1, ms: 500 },
  { count: 5_000, slower: 1, ms: 1_000 },
  { count: 5_000, slower: 6, ms: 4_000 },
];

/** How long the page has worked so far, in milliseconds of the processor. */
async function worked(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1000;
}

/** When what was to be drawn is on the screen. */
const settled = (page: Page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

for (const { count, slower, ms } of LIMITS) {
  test(`${count} messages that come at once, at 1/${slower} of the speed`, async ({ page, context, website, visit }) => {
    website.visitor = bert;
    await page.addInitScript(findFollowers);
    const chat = await visit();
    await open(chat);
    await chat.hears("started");
    await chat.send("Where is my order?");
    await expect(chat.log.getByText(/Sent$/)).toBeVisible();
    const cdp = await context.newCDPSession(page);
    await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: slower });
    // Looked at as little as can be: to look for a role or a text, Playwright would have the page lay out all rows.
    const field = await chat.box.elementHandle();
    const before = await worked(cdp);
    await page.evaluate(give, [count, WORDS] as const);
    await settled(page);
    const drawn = await worked(cdp);
    await field?.focus();
    await page.keyboard.type("Hello");
    await settled(page);
    const typed = await worked(cdp);
    expect(drawn - before, "until all are there").toBeLessThan(ms);
    expect(typed - drawn, "until five letters are there").toBeLessThan(ms);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    const last = chat.log.locator(".row").last();
    await expect(last).toBeInViewport();

    const log = part(chat, "log");
    await log.evaluate((element) => element.scrollTo({ top: 0 }));
    await expect(chat.log.locator(".row").first()).toBeInViewport();
    await page.screenshot({ path: test.info().outputPath("transcript-top.png") });
    // Rows that were not laid out before are as they would be otherwise.
    await expect(chat.log.locator(".row")).toHaveCount(count);
    await chat.panel.getByRole("button", { name: "Close chat" }).click();
    await open(chat);
    await expect(last).toBeInViewport();
    await page.screenshot({ path: test.info().outputPath("transcript-end.png") });
  });
}
