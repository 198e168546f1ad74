// Every state of the chat in light, dark and at phone width: judged by axe, and photographed for people to look at.
// The pictures are in test-results/screens.

import { fileURLToPath } from "node:url";

import type { Page } from "@playwright/test";

import { expectAccessible } from "../product/axe.mjs";
import type { Chat } from "../product/chat.mjs";
import { bert, expect, test } from "./fixtures";

const screens = fileURLToPath(new URL("../../test-results/screens/", import.meta.url));

const LOOKS = {
  light: { colorScheme: "light", viewport: { width: 1100, height: 760 } },
  dark: { colorScheme: "dark", viewport: { width: 1100, height: 760 } },
  phone: { colorScheme: "light", viewport: { width: 390, height: 844 }, hasTouch: true },
} as const;

for (const [look, options] of Object.entries(LOOKS)) {
  test.describe(look, () => {
    test.use({ ...options, contextOptions: { reducedMotion: "reduce" } });

    test(`a whole conversation, ${look}`, async ({ page, product, website, visit }) => {
      const { admin } = product;
      website.visitor = bert;
      let answer = (): void => {};
      const asked = new Promise<void>((resolve) => {
        answer = resolve;
      });
      website.site.publish("/auth/token", async () => {
        await asked;
        return { type: "text/plain", body: await website.token(bert) };
      });
      const chat = await visit({
        widget: { appearance: { title: "Shop support", greeting: "Hello! Ask us anything about your order." } },
      });
      const shot = (state: string) => photograph(page, chat, look, state);

      await shot("launcher");
      await chat.open();
      await expect(chat.panel.getByText("Confirming your sign-in…").first()).toBeVisible();
      await shot("authenticating");
      answer();
      const { conversation } = await chat.hears("started");
      await expect(chat.panel.getByText("You are next in line").first()).toBeVisible();
      await shot("waiting");

      await chat.send("Where is my order? https://shop.example.com/orders/7");
      await admin.create(`/agent/conversations/${conversation}/accept`, {});
      const say = (clientId: string, text: string) =>
        admin.create(`/agent/conversations/${conversation}/messages`, { clientId, text });
      await say("a1", "Hello Bert, let me look.");
      await say("a2", "It left this morning.\nIt will be with you tomorrow: 🚚 مرحبا");
      await expect(chat.log.getByText("It left this morning.")).toBeVisible();
      await shot("active");

      await chat.panel.getByRole("button", { name: "End chat" }).first().click();
      await expect(chat.panel.getByText("End this chat?")).toBeVisible();
      await shot("end-question");
      await chat.panel.getByRole("alertdialog").getByRole("button", { name: "End chat" }).click();
      await chat.hears("ended");
      await shot("ended");
    });

    test(`sign-in card, ${look}`, async ({ page, visit }) => {
      const chat = await visit({ client: "window.auth = { getAuthenticationToken: function (done) { done(null); } };" });
      await chat.open();
      await expect(chat.panel.getByRole("heading", { name: "Please sign in to chat" })).toBeVisible();
      await photograph(page, chat, look, "sign-in");
    });

    test(`failure card, ${look}`, async ({ page, visit }) => {
      const chat = await visit({ client: "window.auth = { getAuthenticationToken: function () { throw new Error('x'); } };" });
      await chat.open();
      await expect(chat.panel.getByRole("heading", { level: 3 })).toBeVisible();
      await photograph(page, chat, look, "failure");
    });
  });
}

test("the chat is worked with the keyboard alone", async ({ page, website, visit }) => {
  website.visitor = bert;
  const chat = await visit();
  await chat.launcher.focus();
  await page.keyboard.press("Enter");
  await chat.hears("started");
  await expect(chat.box).toBeFocused();
  await page.keyboard.type("typed, not clicked");
  await page.keyboard.press("Enter");
  await expect(chat.log.getByText("typed, not clicked")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(chat.panel).toBeHidden();
  await expect(chat.launcher).toBeFocused();
});

/** Judges and photographs one state. */
async function photograph(page: Page, chat: Chat, look: string, state: string): Promise<void> {
  await page.screenshot({ path: `${screens}${look}-${state}.png` });
  await expectAccessible(page, "bonafide-chat", `${state}, ${look}`);
  expect(await chat.element.count()).toBe(1);
}
