// The states of the chat that a page reaches by itself, each with what brings it there and what shows that it is reached.

import type { Page } from "@playwright/test";

import type { Chat } from "../product/chat.mjs";
import { startConversation } from "../product/visitor.mjs";
import type { Website } from "../product/website.mjs";
import { type Product, type Visit, bert, expect } from "./fixtures";
import { hold, open, part } from "./looks";

/** Answers as a server does that refuses. */
const refuse = (page: Page, url: string, status: number, code: string) =>
  page.route(url, (route) =>
    route.fulfill({
      status,
      headers: { "access-control-allow-origin": "*", "access-control-allow-headers": "*", "content-type": "application/problem+json" },
      json: { type: "about:blank", title: code, status, detail: "Refused.", code, requestId: "req_0123456789abcdef" },
    }),
  );

interface Stage {
  readonly page: Page;
  readonly product: Product;
  readonly website: Website;
  readonly chat: Chat;
}

/** A state that a page reaches by itself: what is unusual about it, and what shows that it is reached. */
interface State extends Visit {
  readonly arrange?: (stage: Omit<Stage, "chat">) => unknown;
  readonly reach: (stage: Stage) => Promise<unknown>;
}

const client = (body: string) => `window.auth = { getAuthenticationToken: function (done) { ${body} } };`;
const signedOutLater = client("fetch('/auth/token').then(function (answer) { return answer.ok ? answer.text() : null; }).then(done);");
/** Opens, and waits for the card that says what went wrong. */
const failing = async ({ chat }: Stage) => {
  await open(chat);
  await expect(part(chat, "card")).toBeVisible();
};
/** What the chat says of itself to the page. */
const view = (page: Page): Promise<{ phase: string; position: number | null }> =>
  page.evaluate(() => (document.querySelector("bonafide-chat") as unknown as { chat: { view: { phase: string; position: number | null } } }).chat.view);
const now = () => Math.floor(Date.now() / 1000);

export const STATES: Record<string, State> = {
  "sign-in": { client: client("done(null);"), reach: failing },
  "anonymous": {
    client: client("done(null);"),
    widget: { signIn: "optional" },
    reach: async ({ chat }) => {
      await open(chat);
      await chat.hears("started");
      await chat.send("Do you deliver to Leeds?");
    },
  },
  "starting": {
    reach: async ({ page, chat }) => {
      await hold(page, "**/conversations");
      const asked = page.waitForRequest("**/conversations");
      await open(chat);
      await asked;
      expect((await view(page)).phase).toBe("starting");
      await expect(part(chat, "status")).not.toBeEmpty();
    },
  },
  "in-line": {
    isAlone: true,
    reach: async ({ page, product, website, chat }) => {
      // Somebody else was there first, in the queue that this visitor comes into.
      const widget = (await chat.element.getAttribute("widget")) ?? "";
      const { status } = await startConversation(product.server.url, widget, { token: await website.token(bert), origin: website.origin });
      expect(status).toBe(201);
      await open(chat);
      await chat.hears("started");
      const { position: place } = await view(page);
      expect(place).toBeGreaterThan(1);
      await expect(part(chat, "note")).toContainText(String(place));
    },
  },
  "nobody": {
    isUnserved: true,
    reach: async ({ page, chat }) => {
      await open(chat);
      await chat.hears("started");
      await expect(part(chat, "nobody")).not.toBeEmpty();
      expect(await view(page)).toMatchObject({ phase: "waiting", position: null });
      await chat.send("Please call me back.");
    },
  },
  // One of each kind of failure, as the visitor is told it.
  "failure-network": { arrange: ({ page }) => page.route("**/api/**", (route) => route.abort("connectionrefused")), reach: failing },
  "failure-page": { client: client("throw new Error('no session');"), reach: failing },
  "failure-token": { client: client("done('not a token');"), reach: failing },
  "failure-expired": {
    arrange: async ({ website }) => {
      const body = await website.token(bert, { claims: { iat: now() - 4500, exp: now() - 3600 } });
      website.site.publish("/auth/token", { type: "text/plain", body });
    },
    reach: failing,
  },
  "failure-keys": { arrange: ({ website }) => website.site.publish("/auth/publickey", { status: 500, body: "" }), reach: failing },
  "failure-setup": { widget: { allowedOrigins: ["https://www.example.com"] }, reach: failing },
  "failure-busy": { arrange: ({ page }) => refuse(page, "**/conversations", 429, "rate-limited"), reach: failing },
  "failure-server": { arrange: ({ page }) => refuse(page, "**/conversations", 503, "unavailable"), reach: failing },
  "failure-session": {
    reach: async ({ page, product, chat }) => {
      await open(chat);
      const { conversation } = await chat.hears("started");
      await chat.send("Until somebody signs me out elsewhere");
      const secret = /"secret\\*":\s*\\*"([^"\\]+)/.exec(await page.evaluate(() => JSON.stringify({ ...sessionStorage })))?.[1];
      await fetch(`${product.server.url}/api/v1/conversations/${conversation}/session`, {
        method: "DELETE",
        headers: { authorization: `Bearer ${secret}`, origin: new URL(page.url()).origin },
      });
      await expect(part(chat, "ended")).toBeVisible();
    },
  },
  "failure-wasm": { policy: "script-src 'self' 'unsafe-inline' http:; connect-src *", reach: failing },
  "failure-load": {
    arrange: ({ page }) => page.route("**/assets/*.js", (route) => route.abort("connectionrefused")),
    reach: async ({ chat }) => {
      await open(chat);
      await expect(part(chat, "notice")).not.toBeEmpty();
    },
  },
  "not-sent": {
    reach: async ({ page, chat }) => {
      await open(chat);
      await chat.hears("started");
      await refuse(page, "**/messages", 403, "forbidden");
      await chat.send("This one is refused");
      await expect(chat.log.getByRole("button")).toBeVisible();
    },
  },
  "too-long": {
    reach: async ({ chat }) => {
      await open(chat);
      await chat.hears("started");
      await chat.box.fill(`${"Donaudampfschifffahrtsgesellschaft ".repeat(116)}`);
      await expect(chat.box).toHaveAttribute("aria-invalid", "true");
    },
  },
  "long": {
    reach: async ({ product, chat }) => {
      await open(chat);
      const { conversation } = await chat.hears("started");
      await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
      await chat.send(`${"Donaudampfschifffahrtselektrizitätenhauptbetriebswerk".repeat(3)}`);
      const text = "See https://shop.example.com/orders/10482?from=chat, mailto:help@shop.example\njavascript:alert(1)\n\nשלום, مرحبا 🚚";
      await product.admin.create(`/agent/conversations/${conversation}/messages`, { clientId: "a1", text });
      // What opens a page or a mail is a link; script is text.
      const links = chat.log.getByRole("link");
      await expect(links).toHaveCount(2);
      expect(await links.evaluateAll((found) => found.map((link) => link.getAttribute("href")))).toEqual([
        "https://shop.example.com/orders/10482?from=chat",
        "mailto:help@shop.example",
      ]);
      await expect(chat.log).toContainText("javascript:alert(1)");
    },
  },
  "renewal-failed": {
    client: signedOutLater,
    arrange: ({ page }) => page.clock.install(),
    reach: async ({ page, website, chat }) => {
      await open(chat);
      await chat.hears("started");
      await chat.send("Is anybody there?");
      website.visitor = null;
      // After four fifths of the token's life, a quarter of an hour.
      await page.clock.fastForward("12:30");
      await chat.hears("error");
      await expect(part(chat, "banner")).not.toBeEmpty();
    },
  },
  "lapsed": {
    client: signedOutLater,
    // A machine that is slow to start the chat still has the leeway's minute for it.
    arrange: ({ website }) => website.signInOnce({ ...bert, expiresIn: 4 }),
    reach: async ({ chat }) => {
      await open(chat);
      await chat.hears("started");
      await chat.send("Is anybody there?");
      await expect(part(chat, "signed-in")).toBeHidden();
      await expect(part(chat, "banner")).not.toBeEmpty();
    },
  },
};
