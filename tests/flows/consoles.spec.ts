// The consoles' main pages in light, dark and at phone width: judged by axe, and photographed for people to look at.

import { fileURLToPath } from "node:url";

import type { Page } from "@playwright/test";

import { expectAccessible } from "../product/axe.mjs";
import { administrator } from "../product/server.mjs";
import { startConversation } from "../product/visitor.mjs";
import { type Product, bert, expect, prepare, test as base } from "./fixtures";
import { sticksOut } from "./sticks-out";

const screens = fileURLToPath(new URL("../../test-results/screens/", import.meta.url));

const LOOKS = {
  light: { colorScheme: "light", viewport: { width: 1280, height: 800 } },
  dark: { colorScheme: "dark", viewport: { width: 1280, height: 800 } },
  phone: { colorScheme: "light", viewport: { width: 390, height: 844 } },
} as const;

const test = base.extend<{ own: Product }>({
  // What is judged and photographed is not what other flows happened to leave behind.
  own: async ({}, use) => {
    const product = await prepare();
    await use(product);
    await product.server.close();
  },
});

for (const [look, options] of Object.entries(LOOKS)) {
  test.describe(look, () => {
    test.use({ ...options, contextOptions: { reducedMotion: "reduce" } });

    test(`the consoles' pages, ${look}`, async ({ page, own, website }) => {
      const { server, admin, workStream } = own;
      const { widget, setting } = await website.record(admin, { workStream });
      const token = await website.token(bert);
      const { body } = await startConversation(server.url, widget, { token, origin: website.origin });
      const shot = (state: string) => photograph(page, look, state);

      await page.goto(`${server.url}/sign-in`);
      await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
      await shot("sign-in");
      await page.getByLabel("E-mail").fill(administrator.email);
      await page.getByLabel("Password").fill(administrator.password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page).toHaveURL(/\/admin/);

      const pages = {
        "start": "/admin",
        "authentication-settings": "/admin/authentication-settings",
        "authentication-setting-new": "/admin/authentication-settings/new",
        "authentication-setting": `/admin/authentication-settings/${setting}`,
        "chat-widgets": "/admin/chat-widgets",
        "chat-widget": `/admin/chat-widgets/${widget}`,
        "work-stream": `/admin/work-streams/${workStream}`,
        "queues": "/admin/queues",
        "canned-replies": "/admin/canned-replies",
        "canned-reply-new": "/admin/canned-replies/new",
        "contacts": "/admin/contacts",
        "operators": "/admin/operators",
        "api-tokens": "/admin/api-tokens",
        "api-token-new": "/admin/api-tokens/new",
        "audit": "/admin/audit",
        "inbox": "/agent",
        "own-canned-replies": "/agent/canned-replies",
        "conversation": `/agent/${body.conversation.id}`,
        "docs": "/docs",
        "docs-errors": "/docs/errors",
      };
      for (const [state, path] of Object.entries(pages)) {
        await test.step(state, async () => {
          await page.goto(server.url + path);
          await expect(page.getByRole("progressbar")).toHaveCount(0);
          await expect(page.getByRole("heading").first()).toBeVisible();
          await shot(state);
        });
      }
      await test.step("what the keys' test found", async () => {
        const entries = [
          { kid: "good", publicKey: btoa(website.publicKey) },
          { kid: "a-certificate-without-its-numbers", kty: "RSA", x5c: ["MIIB"] },
        ];
        website.site.publish("/auth/publickey", { type: "application/json", body: JSON.stringify(entries) });
        await page.goto(`${server.url}/admin/authentication-settings/${setting}`);
        await page.getByRole("button", { name: "Test the keys" }).click();
        await expect(page.getByRole("table", { name: "Entries that cannot be used" })).toContainText("a JWK stands in an array");
        await page.getByRole("table", { name: "Entries that cannot be used" }).scrollIntoViewIfNeeded();
        await shot("keys-found");
      });
    });
  });
}

/** Judges and photographs one page. */
async function photograph(page: Page, look: string, state: string): Promise<void> {
  await page.screenshot({ path: `${screens}console-${look}-${state}.png` });
  expect(await page.evaluate(sticksOut), `${state}, ${look}`).toEqual([]);
  await expectAccessible(page, "html", `${state}, ${look}`);
}
