// The log keeps its end whenever its height changes, for who is at the end; who reads further up stays where they are.

import type { Page } from "@playwright/test";

import type { Chat } from "../product/chat.mjs";
import type { Wire } from "../product/wire.mjs";
import { type Product, bert, expect, test } from "./fixtures";
import { open, part } from "./looks";

const DESK = { width: 1100, height: 760 };
const PHONE = { width: 390, height: 780 };

/** Something that takes of the log's height, or adds to what is in it. */
interface Change {
  readonly phone?: boolean;
  readonly make: (stage: { page: Page; chat: Chat; wire: Wire; product: Product; conversation: string }) => Promise<unknown>;
}

const LINES = Array.from({ length: 6 }, (_, line) => `line ${line + 1}`).join("\n");

/** Raises a keyboard that covers the page and leaves it as high as it was: what iOS does, and Android as a rule. */
async function raiseKeyboard(page: Page, height: number, top = 0): Promise<void> {
  await page.evaluate(
    ([seen, from]) => {
      const { visualViewport: view } = window;
      if (!view) throw new Error("no visual viewport");
      Object.defineProperties(view, { height: { value: seen, configurable: true }, offsetTop: { value: from, configurable: true } });
      view.dispatchEvent(new Event("resize"));
    },
    [height, top] as const,
  );
}

const CHANGES: Record<string, Change> = {
  "a draft of six lines": { make: ({ chat }) => chat.box.fill(LINES) },
  "a draft that is typed": {
    make: async ({ page, chat }) => {
      await chat.box.focus();
      for (const line of LINES.split("\n")) {
        await page.keyboard.type(line);
        await page.keyboard.press("Shift+Enter");
      }
    },
  },
  "a draft that is nearly too long": { make: ({ chat }) => chat.box.fill("word ".repeat(790)) },
  "a low window": { make: ({ page }) => page.setViewportSize({ ...DESK, height: 430 }) },
  "a window that becomes a phone's": { make: ({ page }) => page.setViewportSize({ width: 460, height: 500 }) },
  "larger text": { make: ({ page }) => page.addStyleTag({ content: ":root { --bonafide-font-size: 22px }" }) },
  "a lower panel": { make: ({ page }) => page.addStyleTag({ content: ":root { --bonafide-height: 380px }" }) },
  "a banner": {
    make: async ({ chat, wire }) => {
      wire.cut();
      await expect(part(chat, "banner")).not.toBeEmpty();
    },
  },
  "the question whether to end it": {
    make: async ({ chat }) => {
      await part(chat, "tool").click();
      await expect(part(chat, "confirm")).toBeVisible();
    },
  },
  "its end": {
    make: async ({ chat, product, conversation }) => {
      await product.admin.create(`/agent/conversations/${conversation}/close`, {});
      await expect(part(chat, "ended")).toBeVisible();
    },
  },
  "a long answer": {
    make: async ({ chat, product, conversation }) => {
      await product.admin.create(`/agent/conversations/${conversation}/messages`, { clientId: "long", text: "An answer of many words. ".repeat(40) });
      await expect(chat.log.getByText("An answer of many words.")).toBeVisible();
    },
  },
  "a keyboard that makes the page lower": { phone: true, make: ({ page }) => page.setViewportSize({ ...PHONE, height: 430 }) },
  "a keyboard that covers the page": { phone: true, make: ({ page }) => raiseKeyboard(page, 430, 60) },
  "a keyboard and a draft of six lines": {
    phone: true,
    make: async ({ page, chat }) => {
      await raiseKeyboard(page, 380);
      await chat.box.fill(LINES);
    },
  },
};

/** How far the log is from its end, and by how much its last message sticks out below, in pixels. */
const below = (chat: Chat) =>
  part(chat, "log").evaluate((log) => {
    const last = [...log.querySelectorAll(".bubble")].at(-1)?.getBoundingClientRect();
    return { end: Math.round(log.scrollHeight - log.scrollTop - log.clientHeight), last: Math.max(0, Math.round((last?.bottom ?? 0) - log.getBoundingClientRect().bottom)) };
  });

for (const [what, { phone, make }] of Object.entries(CHANGES)) {
  test.describe(what, () => {
    test.use({ viewport: phone ? PHONE : DESK, hasTouch: phone ?? false, contextOptions: { reducedMotion: "reduce" } });

    for (const reads of ["the end", "further up"]) {
      test(`who reads ${reads} goes on with that: ${what}`, async ({ page, product, website, wire, visit }) => {
        website.visitor = bert;
        const chat = await visit({ server: wire.url });
        await open(chat);
        const { conversation } = await chat.hears("started");
        await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
        for (let number = 1; number <= 24; number += 1) {
          const text = `Message ${number}. ${"More of it. ".repeat(number % 4)}`;
          await product.admin.create(`/agent/conversations/${conversation}/messages`, { clientId: `a${number}`, text });
        }
        await expect(chat.log.getByText("Message 24.")).toBeVisible();
        const log = part(chat, "log");
        await expect.poll(() => below(chat)).toEqual({ end: 0, last: 0 });
        if (reads === "further up") {
          await log.evaluate((element) => element.scrollTo({ top: 40 }));
          await log.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        }
        await make({ page, chat, wire, product, conversation });
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        await page.screenshot({ path: test.info().outputPath("log-end.png") });
        if (reads === "the end") await expect.poll(() => below(chat)).toEqual({ end: 0, last: 0 });
        else expect(await log.evaluate((element) => element.scrollTop)).toBe(40);
        // All of the panel can be seen, and something of the log.
        const [panel, shown] = [await part(chat, "panel").boundingBox(), await log.boundingBox()];
        const seen = await page.evaluate(() => ({ top: window.visualViewport?.offsetTop ?? 0, height: window.visualViewport?.height ?? 0 }));
        expect(panel?.y).toBeGreaterThanOrEqual(seen.top);
        expect((panel?.y ?? 0) + (panel?.height ?? 0)).toBeLessThanOrEqual(seen.top + seen.height);
        expect(shown?.height).toBeGreaterThan(60);
      });
    }
  });
}

for (const [where, use] of Object.entries({ "a phone": { viewport: PHONE, hasTouch: true, isMobile: true }, "a tablet": { viewport: DESK, hasTouch: true, isMobile: true }, "a desk": { viewport: DESK } })) {
  test.describe(where, () => {
    test.use(use);
    test(`the field on ${where} is large enough not to be zoomed into`, async ({ website, visit }) => {
      website.visitor = bert;
      const chat = await visit();
      await open(chat);
      await expect(chat.box).toHaveCSS("font-size", where === "a desk" ? "15px" : "16px");
    });
  });
}
