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
async function openShop(page: Page, product: Product, website: Website, signIn = "required"): Promise<void> {
  const { widget } = await website.record(product.admin, { workStream: product.workStream, widget: { signIn } });
  const look = { server: product.server.url, widget, client };
  const cart = website.page(look);
  website.page({ ...look, path: "/sign-in", title: "Sign in" });
  website.site.publish("/session", () => {
    website.visitor = bert;
    return { status: 303, headers: { location: "/cart" }, body: "" };
  });
  await page.goto(cart);
}

/** Lets nobody know whether the visitor is signed in until what is returned is called. */
async function holdTokens(page: Page): Promise<() => void> {
  let answer = (): void => {};
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/auth/token", async (route) => {
    await asked;
    await route.continue();
  });
  return answer;
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
      const answer = await holdTokens(page);
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

test("what was sent before it was known that a sign-in is needed is still there after it", async ({ page, product, website }) => {
  await openShop(page, product, website);
  const chat = new Chat(page);
  const answer = await holdTokens(page);
  await chat.open();
  await chat.box.fill("Where is my order?");
  await chat.box.press("Enter");
  answer();
  await chat.panel.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/sign-in**");
  await page.goto(`${website.origin}/session`);
  await page.waitForURL("**/cart");
  const { conversation } = await chat.hears("started");
  await expect(chat.box).toHaveValue("Where is my order?");
  await chat.box.press("Enter");
  await expect.poll(() => textsOf(product, conversation)).toEqual(["Where is my order?"]);
});

test("a proof that lapsed is renewed on another page, and the conversation is the same", async ({ page, product, website }) => {
  website.visitor = { ...bert, expiresIn: 10 };
  await openShop(page, product, website, "optional");
  const chat = new Chat(page);
  await chat.open();
  const { conversation } = await chat.hears("started");
  await chat.send("before the sign-in");
  await expect.poll(() => textsOf(product, conversation)).toEqual(["before the sign-in"]);
  website.visitor = null;
  // The sign-in page's chat asks, too, and hears that nobody is signed in.
  const told = page.waitForResponse((answer) => /\/auth\/token$/.test(answer.url()) && /\/sign-in/.test(answer.request().headers()["referer"] ?? ""));
  await chat.panel.getByRole("button", { name: "Sign in again" }).click({ timeout: 30_000 });
  await told;
  await page.goto(`${website.origin}/session`);
  await page.waitForURL("**/cart");
  expect(await chat.hears("started")).toEqual({ conversation, authenticated: true });
  await expect(chat.log.getByText("before the sign-in")).toBeVisible();
  await chat.send("after the sign-in");
  await expect.poll(() => textsOf(product, conversation)).toEqual(["before the sign-in", "after the sign-in"]);
});
