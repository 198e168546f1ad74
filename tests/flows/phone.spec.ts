// On a phone, upright or on its side, the open chat is the whole screen; elsewhere it is a window beside the page.

import { bert, expect, test } from "./fixtures";
import { open, part } from "./looks";

const PHONES = { upright: { width: 360, height: 740 }, "on its side": { width: 740, height: 360 } };

for (const [held, viewport] of Object.entries(PHONES)) {
  test.describe(held, () => {
    test.use({ viewport, hasTouch: true, contextOptions: { reducedMotion: "reduce" } });

    test(`a phone ${held}: the chat fills the screen, and nothing of the page is in reach`, async ({ page, website, visit }) => {
      website.visitor = bert;
      const chat = await visit();
      await open(chat);
      await chat.hears("started");
      expect(await part(chat, "panel").boundingBox()).toEqual({ x: 0, y: 0, ...viewport });
      expect(await chat.panel.evaluate((dialog) => dialog.matches(":modal"))).toBe(true);
      await expect(part(chat, "launcher")).toBeHidden();
      // The page behind does not take the focus, whichever way the keyboard leads.
      await page.evaluate(() => {
        const link = Object.assign(document.createElement("a"), { href: "#", textContent: "The page's own" });
        document.querySelector("main")?.append(link);
        link.focus();
      });
      expect(await page.evaluate(() => document.activeElement?.localName)).toBe("bonafide-chat");

      await chat.panel.getByRole("button", { name: "Close chat window" }).tap();
      await expect(chat.panel).toBeHidden();
      await expect(part(chat, "launcher")).toBeVisible();
    });
  });
}

test.describe("on a desk", () => {
  test.use({ viewport: { width: 1100, height: 760 } });

  test("a window beside the page leaves the page in reach, and its launcher stays", async ({ page, website, visit }) => {
    website.visitor = bert;
    const chat = await visit();
    await open(chat);
    await chat.hears("started");
    expect(await chat.panel.evaluate((dialog) => dialog.matches(":modal"))).toBe(false);
    await expect(part(chat, "launcher")).toBeVisible();
    await page.getByRole("heading", { name: "Cart" }).click();
    await expect(chat.panel).toBeVisible();
  });
});
