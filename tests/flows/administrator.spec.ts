// From a fresh server to an authenticated chat, by hand: set-up link, authentication setting, chat widget, snippet.

import { createHash } from "node:crypto";

import { Chat } from "../product/chat.mjs";
import { Desk } from "../product/desk.mjs";
import { Server, administrator } from "../product/server.mjs";
import { bert, expect, test } from "./fixtures";

test("an administrator records a setting, attaches it, pastes the snippet, and it works at once", async ({ page, context, website }) => {
  const { server, setUpLink } = await Server.untouched();
  const desk = await context.newPage();
  try {
    await test.step("set up the first administrator", async () => {
      await desk.goto(setUpLink);
      await desk.getByLabel("Your name").fill(administrator.name);
      await desk.getByLabel("E-mail").fill(administrator.email);
      await desk.getByLabel("Password").fill(administrator.password);
      await desk.getByRole("button", { name: "Create administrator" }).click();
      await expect(desk).toHaveURL(/\/admin$/);
      await expect(desk.getByRole("button", { name: `Signed in as ${administrator.name}` })).toBeVisible();
    });

    await test.step("a mistake is shown at its field", async () => {
      await desk.getByRole("link", { name: "Authentication settings" }).click();
      await desk.getByRole("link", { name: /^(New|Record)/ }).first().click();
      await expect(desk.getByLabel("Authentication type")).toHaveValue("OAuth 2.0 implicit flow");
      await desk.getByLabel("Name", { exact: true }).fill("Shop sign-in");
      await desk.getByLabel("Public key URL").fill("ftp://shop.example.com/keys");
      await desk.getByLabel("JavaScript client function").fill("document.write");
      await desk.getByRole("button", { name: /^(Save|Record|Create)/ }).click();
      await expect(desk.getByLabel("Public key URL")).toHaveAttribute("aria-invalid", "true");
      await expect(desk.getByLabel("JavaScript client function")).toHaveAttribute("aria-invalid", "true");
    });

    await test.step("record the authentication setting", async () => {
      await desk.getByLabel("Public key URL").fill(website.publicKeyUrl);
      await desk.getByLabel("JavaScript client function").fill("auth.getAuthenticationToken");
      await desk.getByRole("button", { name: /^(Save|Record|Create)/ }).click();
      await expect(desk).toHaveURL(/\/admin\/authentication-settings\/set_/);
      // The form goes on to its test: what the public key URL answers is on the screen.
      await expect(desk.getByText("Keys found").first()).toBeVisible();
    });

    await test.step("make a chat widget with it", async () => {
      await desk.getByRole("link", { name: "Chat widgets" }).click();
      await desk.getByRole("link", { name: /^(New|Create|Make)/ }).first().click();
      await desk.getByLabel("Name", { exact: true }).fill("Shop");
      await desk.getByLabel("Allowed origins").fill(website.origin);
      await desk.getByLabel("Authentication setting").selectOption({ label: "Shop sign-in" });
      await desk.getByRole("button", { name: /^(Save|Create)/ }).click();
      await expect(desk).toHaveURL(/\/admin\/chat-widgets\/wgt_/);
    });

    const snippet = await test.step("copy the snippet", async () => {
      const code = desk.locator("code, pre").filter({ hasText: "data-widget" }).first();
      await expect(code).toContainText("embed.js");
      return (await code.innerText()).trim();
    });

    await test.step("a signed-in visitor is known at once", async () => {
      website.visitor = bert;
      const body = `<!doctype html><html lang="en"><title>Shop</title><script src="/client.js"></script>${snippet}`;
      await page.goto(website.site.publish("/", { body }));
      const chat = new Chat(page);
      await chat.open();
      expect(await chat.hears("started")).toMatchObject({ authenticated: true });
    });

    await test.step("the setting is in use, so deleting it warns and is refused", async () => {
      await desk.getByRole("link", { name: "Authentication settings" }).click();
      await desk.getByRole("link", { name: "Shop sign-in" }).click();
      await desk.getByRole("button", { name: "Delete" }).click();
      const dialog = desk.getByRole("alertdialog").or(desk.getByRole("dialog"));
      await expect(dialog).toContainText("Shop");
    });
  } finally {
    await server.close();
  }
});

test("the pinned snippet runs under the policy that is shown beside it, and another script does not", async ({ page, browser, product, website }) => {
  const { widget } = await website.record(product.admin, { workStream: product.workStream });
  const desk = await Desk.signIn(browser, product.server.url, administrator);
  await desk.page.goto(`${product.server.url}/admin/chat-widgets/${widget}`);
  /** Reads one of the texts that are there to be copied. */
  const copy = async (tab: string, holds: string) => {
    await desk.page.getByRole("tab", { name: tab, exact: true }).click();
    const code = desk.page.getByRole("region", { name: "Embed it" }).locator("pre").filter({ hasText: holds });
    await expect(code).toBeVisible();
    return (await code.innerText()).trim();
  };
  const pinned = await copy("With integrity", "integrity=");
  const policy = (await copy("CSP", "script-src")).replaceAll("\n", " ");
  await desk.close();
  const shop = (snippet: string) =>
    website.site.publish("/", {
      // Nothing is let in but what the console says, and what the website has of its own.
      headers: { "content-security-policy": `default-src 'none'; ${policy.replace(/(script|connect)-src/g, "$& 'self'")}` },
      body: `<!doctype html><html lang="en"><title>Shop</title><script src="/client.js"></script>${snippet}`,
    });
  website.visitor = bert;

  await test.step("a script with another hash", async () => {
    const [, hash = ""] = /sha384-([\w+/]+=*)/.exec(pinned) ?? [];
    const other = createHash("sha384").update("another script").digest("base64");
    expect(hash).toHaveLength(other.length);
    const refused = page.waitForEvent("console", (message) => message.text().includes("integrity"));
    await page.goto(shop(pinned.replace(hash, other)));
    await refused;
    expect(await page.evaluate(() => typeof customElements.get("bonafide-chat"))).toBe("undefined");
    await expect(page.locator("bonafide-chat")).toHaveCount(0);
  });

  await test.step("the script itself", async () => {
    await page.goto(shop(pinned));
    const chat = new Chat(page);
    await chat.open();
    expect(await chat.hears("started")).toMatchObject({ authenticated: true });
  });
});
