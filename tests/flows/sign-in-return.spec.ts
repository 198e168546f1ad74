// Signing in on another page of the website, as most websites do it: away from the chat, and back to it.

import { devices, type Page } from "@playwright/test";

import { Chat } from "../product/chat.mjs";
import type { Website } from "../product/website.mjs";
import { type Product, bert, expect, test, textsOf } from "./fixtures";

/** The website's script: a token for those who are signed in, and a way to the sign-in page for the others. */
const client = `
  window.auth = { getAuthenticationToken: function (done) {
    fetch("/auth/token").then(function (answer) { return answer.ok ? answer.text() : null; }).then(done);
  } };
  document.addEventListener("sign-in", function (event) {
    event.preventDefault();
    location.assign("/sign-in?return=" + encodeURIComponent(location.pathname));
  });`;

/** Publishes a page with the chat and a sign-in page, which has the chat too; opens the first. */
async function openShop(page: Page, product: Product, website: Website): Promise<void> {
  const { widget } = await website.record(product.admin, { workStream: product.workStream });
  const look = { server: product.server.url, widget, client };
  const cart = website.page(look);
  website.page({ ...look, path: "/sign-in", title: "Sign in" });
  website.site.publish("/session", () => {
    website.visitor = bert;
    return { status: 303, headers: { location: "/cart" }, body: "" };
  });
  await page.goto(cart);
}

for (const [screen, use] of Object.entries({
  desktop: { viewport: { width: 1100, height: 760 } },
  phone: { viewport: devices["Pixel 7"].viewport, hasTouch: true },
})) {
  test.describe(screen, () => {
    test.use(use);

    test(`away to sign in and back: the chat is there again, with the draft and with proof, ${screen}`, async ({ page, product, website }) => {
      await openShop(page, product, website);
      const chat = new Chat(page);
      // The visitor writes while the website is still being asked.
      let answer = (): void => {};
      const asked = new Promise<void>((resolve) => {
        answer = resolve;
      });
      await page.route("**/auth/token", async (route) => {
        await asked;
        await route.continue();
      });
      await chat.open();
      await chat.box.fill("Where is my order?");
      answer();
      await expect(chat.panel.getByRole("heading", { name: "Please sign in to chat" })).toBeVisible();
      await chat.panel.getByRole("button", { name: "Sign in" }).click();

      await page.waitForURL("**/sign-in**");
      await expect.poll(() => website.tokensAsked, { message: "the sign-in page's chat asked, too" }).toBe(2);
      if (screen === "phone") await expect(chat.panel, "nothing is put over the sign-in").toBeHidden();
      await page.goto(`${website.origin}/session`);

      await page.waitForURL("**/cart");
      await expect(chat.panel).toBeVisible();
      expect(await chat.hears("started")).toMatchObject({ authenticated: true });
      await expect(chat.box).toHaveValue("Where is my order?");
      await chat.box.press("Enter");
      const { conversation } = await chat.hears("started");
      await expect.poll(() => textsOf(product, conversation)).toEqual(["Where is my order?"]);
      expect(await chat.heard("error")).toEqual([]);

      // It is done: another page of the shop does not open it on a phone, nor ask anybody twice.
      await page.reload();
      await chat.hears("started");
      if (screen === "phone") await expect(chat.panel).toBeHidden();
      expect(website.tokensAsked, "once for each page").toBe(4);
    });
  });
}
