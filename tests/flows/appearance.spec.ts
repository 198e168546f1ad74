// Every state of the chat: in light, dark and forced colours, at phone width, and from right to left; judged by axe, and
// photographed for people to look at. The pictures are in test-results/screens.

import type { Page } from "@playwright/test";

import type { Chat } from "../product/chat.mjs";
import { Desk } from "../product/desk.mjs";
import { administrator } from "../product/server.mjs";
import type { Website } from "../product/website.mjs";
import { type Product, type Visit, bert, expect, test } from "./fixtures";
import { LAYOUTS, open, part, photograph } from "./looks";

/** Stops what matches on its way, until it is let go. */
async function hold(page: Page, url: string): Promise<() => void> {
  let letGo = (): void => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(url, async (route) => {
    await gate;
    await route.continue();
  });
  return letGo;
}

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
const now = () => Math.floor(Date.now() / 1000);

const STATES: Record<string, State> = {
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
      await expect(chat.log.getByRole("link").first()).toBeVisible();
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
    setting: { leewaySeconds: 0 },
    arrange: ({ website }) => {
      website.visitor = { ...bert, expiresIn: 4 };
    },
    reach: async ({ website, chat }) => {
      await open(chat);
      await chat.hears("started");
      website.visitor = null;
      await chat.send("Is anybody there?");
      await expect(part(chat, "signed-in")).toBeHidden();
      await expect(part(chat, "banner")).not.toBeEmpty();
    },
  },
};

for (const [name, layout] of Object.entries(LAYOUTS)) {
  test.describe(name, () => {
    test.use({ ...layout.use, contextOptions: { reducedMotion: "reduce" } });
    const widget = { appearance: { title: "Shop support", greeting: "Hello! Ask us anything about your order." } };

    for (const [state, { arrange, reach, ...options }] of Object.entries(STATES)) {
      test(`${state}, ${name}`, async ({ page, product, website, visit }) => {
        website.visitor = bert;
        await arrange?.({ page, product, website });
        const chat = await visit({ lang: layout.lang, ...options, widget: { ...widget, ...options.widget } });
        await reach({ page, product, website, chat });
        await photograph(page, layout, state);
      });
    }

    test(`a whole conversation, ${name}`, async ({ page, browser, product, website, wire, visit }) => {
      const { admin } = product;
      website.visitor = bert;
      const chat = await visit({ lang: layout.lang, widget, server: wire.url });
      const shot = (state: string, keep?: () => Promise<unknown>) => photograph(page, layout, state, keep);
      const letChunkGo = await hold(page, "**/assets/*.js");
      const letConfigGo = await hold(page, "**/api/v1/widgets/*");
      const letTokenGo = await hold(page, "**/auth/token");

      await expect(part(chat, "launcher")).toBeVisible();
      await shot("closed");
      await open(chat);
      await expect(part(chat, "launcher")).toHaveAttribute("aria-busy", "true");
      await shot("opening");
      letChunkGo();
      await expect(part(chat, "status")).not.toBeEmpty();
      await shot("configuring");
      letConfigGo();
      await expect(part(chat, "greeting")).toBeVisible();
      await shot("authenticating");
      letTokenGo();
      const { conversation } = await chat.hears("started");
      await expect(part(chat, "note")).not.toBeEmpty();
      await shot("authenticated");

      await chat.send("Where is my order? https://shop.example.com/orders/7");
      await shot("waiting");
      const desk = await Desk.signIn(browser, product.server.url, administrator);
      await desk.pick(conversation);
      await desk.accept();
      const say = (clientId: string, text: string) => admin.create(`/agent/conversations/${conversation}/messages`, { clientId, text });
      await say("a1", "Hello Bert, let me look.");
      await say("a2", "It left this morning.\nIt will be with you tomorrow: 🚚 مرحبا");
      await expect(chat.log.getByText("It left this morning.")).toBeVisible();
      await shot("active");

      // Shown for some seconds after each key.
      await shot("typing", async () => {
        await desk.box.pressSequentially("One ");
        await expect(part(chat, "typing")).toBeVisible();
      });
      await desk.close();

      await page.keyboard.press("Escape");
      await expect(part(chat, "panel")).toBeHidden();
      await say("a3", "Anything else?");
      await expect(part(chat, "badge")).toHaveText("1");
      await shot("unread");
      await open(chat);

      wire.cut();
      // The first tries to connect again fail before it is called that.
      await expect(part(chat, "banner")).not.toBeEmpty();
      await expect(part(chat, "banner")).toHaveClass(/alarm/);
      await shot("offline");
      wire.mend();
      await expect(part(chat, "banner")).toBeEmpty();

      await part(chat, "tool").click();
      await expect(part(chat, "confirm")).toBeVisible();
      await shot("end-question");
      await part(chat, "confirm").getByRole("button").last().click();
      await chat.hears("ended");
      await expect(part(chat, "ended")).toBeVisible();
      await shot("ended");
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
