// The sound of a new message: only where the page asks for it, and only when nobody looks at the chat.

import type { Chat } from "../product/chat.mjs";
import { type Product, bert, expect, test } from "./fixtures";
import { open, part } from "./looks";

/** Runs in the page before its first script: tones are counted, not played. */
function countTones(): void {
  Object.assign(globalThis, { tones: 0 });
  const node = () => ({ connect: (next: unknown) => next });
  const level = () => ({ setValueAtTime() {}, exponentialRampToValueAtTime() {} });
  class SilentContext {
    currentTime = 0;
    destination = node();
    async resume(): Promise<void> {}
    async close(): Promise<void> {}
    createGain = () => ({ ...node(), gain: level() });
    createOscillator = () => {
      let over = (): void => {};
      return {
        ...node(),
        frequency: level(),
        addEventListener: (_: string, ended: () => void) => {
          over = ended;
        },
        start() {
          (globalThis as unknown as { tones: number }).tones += 1;
        },
        stop() {
          queueMicrotask(over);
        },
      };
    };
  }
  Object.assign(globalThis, { AudioContext: SilentContext });
}

const tones = (chat: Chat): Promise<number> => chat.page.evaluate(() => (globalThis as unknown as { tones: number }).tones);

/** Opens a chat that an agent has taken; gives what lets the agent speak. */
async function talk(chat: Chat, { admin }: Product): Promise<(text: string) => Promise<void>> {
  await open(chat);
  const { conversation } = await chat.hears("started");
  await admin.create(`/agent/conversations/${conversation}/accept`, {});
  let said = 0;
  return async (text) => {
    said += 1;
    await admin.create(`/agent/conversations/${conversation}/messages`, { clientId: `a${said}`, text });
    await expect.poll(async () => (await chat.heard("message")).map((message) => message.text)).toContain(text);
  };
}

test.beforeEach(async ({ page, website }) => {
  await page.addInitScript(countTones);
  website.visitor = bert;
});

test("a message is silent by default, and sounds once the page asks for that", async ({ page, product, visit }) => {
  const chat = await visit();
  const say = await talk(chat, product);
  await page.keyboard.press("Escape");
  await expect(chat.panel).toBeHidden();
  await say("not heard");
  await expect(part(chat, "badge")).toHaveText("1");
  expect(await tones(chat)).toBe(0);

  await chat.element.evaluate((element) => element.setAttribute("sound", ""));
  await say("heard");
  await expect.poll(() => tones(chat)).toBe(1);
  // What sounds comes in the order of the messages: the first one had been heard by now.
  await say("heard as well");
  await expect.poll(() => tones(chat)).toBe(2);
});

test("with data-sound a message sounds once while the chat is put away, and not while somebody looks at it", async ({ page, product, visit }) => {
  const chat = await visit({ tag: "data-sound" });
  const say = await talk(chat, product);
  await say("seen");
  await expect(chat.log.getByText("seen")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(chat.panel).toBeHidden();
  await say("heard");
  await expect.poll(() => tones(chat)).toBe(1);
  await open(chat);
  await say("seen as well");
  await expect(chat.log.getByText("seen as well")).toBeVisible();
  await chat.send("my own");
  expect(await tones(chat)).toBe(1);
});
