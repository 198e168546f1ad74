// The chat's text is as large as the visitor wants it in the browser, whatever the page makes of its own.

import { chromium } from "@playwright/test";

import { browser } from "../product/browser.mjs";
import { Chat, recordEvents } from "../product/chat.mjs";
import { expectAccessible } from "../product/axe.mjs";
import { bert, expect, test } from "./fixtures";
import { open, part } from "./looks";

/** Font sizes that pages give their root, and all elements, for reasons of their own. */
const PAGES = ["html { font-size: 62.5% }", "html { font-size: 10px }", "html { font-size: 40px } body { font-size: 2em }", "* { font-size: 31px !important; font-family: monospace }", "body { zoom: 1 }"];

/** The browser's own text size, in pixels: as it comes, and twice that. */
for (const chosen of [16, 32]) {
  test(`a browser whose text is ${chosen} px high`, async ({ product, website }) => {
    website.visitor = bert;
    const { widget } = await website.record(product.admin, { workStream: product.workStream });
    const instance = await chromium.launch({ ...browser, args: [...browser.args, `--blink-settings=defaultFontSize=${chosen}`] });
    try {
      const page = await instance.newPage({ viewport: { width: 1100, height: 760 }, reducedMotion: "reduce", locale: "en-GB" });
      await recordEvents(page);
      await page.goto(website.page({ server: product.server.url, widget }));
      const chat = new Chat(page);
      await open(chat);
      await chat.hears("started");
      await chat.send("Where is my order, and when will it be here? I have waited since Tuesday.");
      const size = `${(chosen * 15) / 16}px`;
      for (const name of ["base", "bubble", "input"]) await expect(part(chat, name), name).toHaveCSS("font-size", size);
      for (const css of PAGES) {
        const style = await page.addStyleTag({ content: css });
        await expect(part(chat, "bubble"), css).toHaveCSS("font-size", size);
        await style.evaluate((element) => (element as HTMLElement).remove());
      }
      // Everything can be read and reached, also on a phone.
      for (const [where, viewport] of Object.entries({ desk: { width: 1100, height: 760 }, phone: { width: 360, height: 740 } })) {
        await page.setViewportSize(viewport);
        await page.screenshot({ path: test.info().outputPath(`text-${chosen}-${where}.png`) });
        const panel = await part(chat, "panel").boundingBox();
        for (const name of ["status", "message", "input", "send", "tool"]) {
          const box = await part(chat, name).boundingBox();
          expect(box?.x, `${name} ${where}`).toBeGreaterThanOrEqual(panel?.x ?? 0);
          expect((box?.x ?? 0) + (box?.width ?? 0), `${name} ${where}`).toBeLessThanOrEqual((panel?.x ?? 0) + (panel?.width ?? 0));
        }
        const log = await part(chat, "log").evaluate(({ scrollWidth, clientWidth, clientHeight }) => ({ isWider: scrollWidth > clientWidth, clientHeight }));
        expect(log.isWider, where).toBe(false);
        expect(log.clientHeight, where).toBeGreaterThan(200);
        await expectAccessible(page, "bonafide-chat", `text of ${chosen} px, ${where}`);
      }
    } finally {
      await instance.close();
    }
  });
}
