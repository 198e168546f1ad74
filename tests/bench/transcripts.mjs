// A visitor with a long transcript loads the page again: part of the bench of the widget. Prints; judges nothing.

import { Chat } from "../product/chat.mjs";

const TRANSCRIPTS = [1_000, 5_000];
/** How much slower than this machine a visitor's may be who has a long transcript. */
const SLOWEST = 6;

/**
 * What the bench has: an administrator, a new visitor's page, and how measurements are told.
 * @typedef {{
 *   admin: import("../product/operator.mjs").Operator,
 *   visitor: () => Promise<{ page: import("@playwright/test").Page, cdp: import("@playwright/test").CDPSession, context: import("@playwright/test").BrowserContext, address: string }>,
 *   spread: (values: number[]) => string,
 * }} Means
 */

/** @param {Means} means */
export async function transcripts(means) {
  for (const length of TRANSCRIPTS) await returning(means, length);
}

/**
 * From a reload of a page with a long transcript until its end is on the screen, and until all of it is there.
 * @param {Means} means
 * @param {number} length how many messages
 */
async function returning({ admin, visitor, spread }, length) {
  const { page, cdp, context, address } = await visitor();
  await page.goto(address, { waitUntil: "networkidle" });
  const chat = new Chat(page);
  await chat.launcher.click();
  const { conversation } = await chat.hears("started");
  await admin.create(`/agent/conversations/${conversation}/accept`, {});
  for (let from = 1; from <= length; from += 50) {
    const numbers = Array.from({ length: Math.min(50, length - from + 1) }, (_, index) => from + index);
    await Promise.all(
      numbers.map((n) => admin.create(`/agent/conversations/${conversation}/messages`, { clientId: `m${n}`, text: `Message of the agent, one of ${length}, number ${n}.` })),
    );
  }
  await page.addInitScript((all) => {
    const times = { end: 0, all: 0 };
    Object.assign(globalThis, { times });
    const look = () => {
      const chat = /** @type {any} */ (document.querySelector("bonafide-chat"))?.chat;
      const messages = chat?.messages ?? [];
      const rows = document.querySelector("bonafide-chat")?.shadowRoot?.querySelectorAll(".bubble").length ?? 0;
      if (rows && messages.at(-1)?.order === all) times.end ||= performance.now();
      if (rows && messages.length === all) return void (times.all ||= performance.now());
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, length);
  for (const rate of [1, SLOWEST]) {
    await cdp.send("Emulation.setCPUThrottlingRate", { rate });
    /** @type {{ end: number, all: number }[]} */
    const took = [];
    for (let i = 0; i < 5; i += 1) {
      await page.reload();
      await page.waitForFunction(() => /** @type {any} */ (globalThis).times.all, undefined, { timeout: 120_000 });
      took.push(await page.evaluate(() => /** @type {any} */ (globalThis).times));
    }
    console.log(
      `CPU ÷${rate}, ${took.length} reloads with ${length} messages: until the end is on the screen ${spread(took.map((times) => times.end))}; ` +
        `until all are there ${spread(took.map((times) => times.all))}`,
    );
  }
  await context.close();
}
