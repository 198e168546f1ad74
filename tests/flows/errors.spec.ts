// Every error code that a page can meet: exactly one `error` event with that code, and a visitor who is not left alone.

import { Chat } from "../product/chat.mjs";
import { startConversation } from "../product/visitor.mjs";
import { Server } from "../product/server.mjs";
import type { Website } from "../product/website.mjs";
import { type Product, type Visit, bert, expect, test } from "./fixtures";

interface Case extends Visit {
  readonly code: string;
  readonly what: string;
  /** What goes wrong on the website's side, before its page is opened. */
  readonly arrange?: (website: Website, product: Product) => unknown;
}

const now = () => Math.floor(Date.now() / 1000);

/** A website whose token endpoint answers with this text. */
const answering = (text: (website: Website) => Promise<string> | string) => (website: Website) => {
  website.site.publish("/auth/token", async () => ({ type: "text/plain", body: await text(website) }));
};
const signing = (claims: () => Record<string, unknown>, header: Record<string, unknown> = {}) =>
  answering((website) => website.token(bert, { claims: claims(), header }));
const client = (body: string) => `window.auth = { getAuthenticationToken: function (done) { ${body} } };`;

const CASES: Case[] = [
  { code: "client-function-not-found", what: "the page defines nothing", client: "" },
  { code: "client-function-not-found", what: "only the object is there", client: "window.auth = {};" },
  { code: "client-function-failed", what: "it throws", client: client("throw new Error('no session');") },
  { code: "client-function-failed", what: "it calls back with an error", client: client("done(null, new Error('401'));") },
  { code: "client-function-failed", what: "its promise is rejected", client: client("return Promise.reject(new Error('x'));") },
  { code: "client-function-timeout", what: "it never calls back", client: client("fetch('/auth/token');") },
  {
    code: "client-function-timeout",
    what: "the portal's function, silent when the visitor is signed out",
    arrange: (website) => { website.visitor = null; },
  },
  { code: "token-not-provided", what: "null", client: client("done(null);") },
  { code: "token-not-provided", what: "an empty string", client: client("done('');") },
  { code: "token-malformed", what: "an object instead of a string", client: client("done({ token: 'x' });") },
  { code: "token-malformed", what: "a sign-in page instead of a token", arrange: answering(() => "<html>Sign in</html>") },
  {
    code: "token-algorithm-unsupported",
    what: "an unsigned token",
    arrange: answering(async (website) => {
      const [, payload] = (await website.token(bert)).split(".");
      return `${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload}.`;
    }),
  },
  {
    code: "token-key-unknown",
    what: "a key id that is not published",
    arrange: (website) => {
      signing(() => ({}), { kid: "new" })(website);
      const publicKey = Buffer.from(website.publicKey).toString("base64");
      website.site.publish("/auth/publickey", { body: JSON.stringify([{ kid: "old", publicKey }]) });
    },
  },
  {
    code: "token-key-expired",
    what: "a key past its expiry",
    arrange: (website) => {
      signing(() => ({}), { kid: "old" })(website);
      const publicKey = Buffer.from(website.publicKey).toString("base64");
      website.site.publish("/auth/publickey", { body: JSON.stringify([{ kid: "old", publicKey, expiry: 1_608_495_423 }]) });
    },
  },
  {
    code: "token-signature-invalid",
    what: "a signature that was tampered with",
    arrange: answering(async (website) => {
      const [header, , signature] = (await website.token(bert)).split(".");
      const [, payload] = (await website.token({ ...bert, subject: "somebody else" })).split(".");
      return `${header}.${payload}.${signature}`;
    }),
  },
  { code: "token-claim-missing", what: "no subject", arrange: signing(() => ({ sub: undefined })) },
  { code: "token-claim-invalid", what: "a blank subject", arrange: signing(() => ({ sub: " " })) },
  { code: "token-expired", what: "a token of an hour ago", arrange: signing(() => ({ iat: now() - 4500, exp: now() - 3600 })) },
  { code: "token-not-yet-valid", what: "a clock that is an hour ahead", arrange: signing(() => ({ nbf: now() + 3600 })) },
  { code: "token-context-invalid", what: "context that is not an object", arrange: signing(() => ({ lwicontexts: "[]" })) },
  {
    code: "token-replayed",
    what: "a single-use token that was used",
    setting: { singleUse: true },
    arrange: (website) => {
      // A server remembers it for all websites of one issuer.
      const jti = crypto.randomUUID();
      signing(() => ({ jti }))(website);
    },
  },
  {
    code: "keys-unavailable",
    what: "the public key URL fails",
    arrange: (website) => website.site.publish("/auth/publickey", { status: 500, body: "" }),
  },
  {
    code: "keys-invalid",
    what: "the public key URL shows a sign-in page",
    arrange: (website) => website.site.publish("/auth/publickey", { body: "<html>Sign in</html>" }),
  },
  { code: "origin-not-allowed", what: "a page of another origin", widget: { allowedOrigins: ["https://www.example.com"] } },
];

for (const { code, what, arrange, ...options } of CASES) {
  test(`${code}: ${what}`, async ({ page, product, website, visit }) => {
    website.visitor = bert;
    await arrange?.(website, product);
    // Ten seconds pass at once; that they pass by themselves, in the background too, is shown elsewhere.
    const isDeadline = code === "client-function-timeout";
    if (isDeadline) await page.clock.install();
    const chat = await visit(options);
    if (code === "token-replayed") await useOnce(product, website, chat);
    await chat.open();
    if (isDeadline) {
      await expect.poll(() => website.tokensAsked, { message: "the function was called" }).toBe(1);
      await page.clock.fastForward(10_000);
    }
    await expectOneError(chat, code);
  });
}

test("a refusal has one request id: in the page's event, on the visitor's screen and in the audit", async ({ page, product, website, visit }) => {
  website.visitor = bert;
  signing(() => ({ iat: now() - 4500, exp: now() - 3600 }))(website);
  const chat = await visit();
  await chat.open();
  const { requestId } = await expectOneError(chat, "token-expired");
  expect(requestId).toMatch(/^\w{8,}/);
  await expect(page.locator("[part=code], .code").filter({ hasText: requestId })).toBeVisible();
  const { items } = await product.admin.read("/admin/audit");
  expect(items.filter((row: { requestId: string | null }) => row.requestId === requestId)).toEqual([expect.objectContaining({ code: "token-expired" })]);
});

test("widget-not-found: the tag names no widget of this server", async ({ page, product, website }) => {
  await page.goto(website.page({ server: product.server.url, widget: "wgt_nowhere" }));
  const chat = new Chat(page);
  await chat.open();
  await expectOneError(chat, "widget-not-found");
});

test("configuration-invalid: the tag names no widget", async ({ page, product, website }) => {
  await page.goto(website.page({ server: product.server.url, widget: "" }));
  const error = await new Chat(page).hears("error");
  expect(error).toMatchObject({ code: "configuration-invalid", isError: true });
  expect(error.message).toContain("widget");
});

test("wasm-blocked: the page's policy forbids WebAssembly, and the message names the directive", async ({ product, visit }) => {
  const policy = `default-src 'self'; script-src 'self' 'unsafe-inline' ${product.server.url}; connect-src 'self' ${product.server.url}; style-src 'self' 'unsafe-inline'`;
  const chat = await visit({ policy });
  await chat.open();
  const error = await expectOneError(chat, "wasm-blocked");
  expect(error.message).toContain("wasm-unsafe-eval");
});

test("network-unreachable: no answer from the server, and trying again helps", async ({ context, product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit();
  await context.route("**/api/**", (route) => route.abort("connectionrefused"));
  await chat.open();
  const error = await expectOneError(chat, "network-unreachable");
  expect(error.retryable).toBe(true);
  await context.unroute("**/api/**");
  await chat.panel.getByRole("button", { name: "Try again" }).click();
  expect(await chat.hears("started")).toMatchObject({ authenticated: true });
  expect(product.server.output).not.toContain("panicked");
});

test("rate-limited: too many starts from one address", async ({ page, website }) => {
  // One a minute, so that none has grown back by the time the visitor asks.
  const { server, admin } = await Server.fresh({ flags: ["--attempts-per-network", "1"] });
  try {
    website.visitor = bert;
    const workStream = (await admin.read("/admin/work-streams")).items[0].id;
    const { widget } = await website.record(admin, { workStream });
    const { status } = await startConversation(server.url, widget, { token: await website.token(bert), origin: website.origin });
    expect(status, "the first may start").toBe(201);
    await page.goto(website.page({ server: server.url, widget }));
    const chat = new Chat(page);
    await chat.open();
    expect((await expectOneError(chat, "rate-limited")).retryable).toBe(true);
  } finally {
    await server.close();
  }
});

/** Starts a conversation with the website's token, as another tab of the visitor's would. */
async function useOnce(product: Product, website: Website, chat: Chat): Promise<void> {
  const widget = await chat.element.getAttribute("widget");
  const token = await (await fetch(`${website.origin}/auth/token`)).text();
  const { status } = await startConversation(product.server.url, widget ?? "", { token, origin: website.origin });
  expect(status).toBe(201);
}

/** One `error` event with this code, something to read and something to do; no conversation. */
async function expectOneError(chat: Chat, code: string) {
  const error = await chat.hears("error");
  expect(error).toMatchObject({ code, isError: true, name: "ChatError" });
  expect(error.message, "a sentence for developers").toMatch(/\w{3,}.*[.]$/);
  await expect(chat.panel.getByRole("heading", { level: 3 }), "what the visitor can do").toBeVisible();
  // Who is merely signed out needs no support.
  if (code !== "token-not-provided") {
    await expect(chat.panel.getByText(code), "what support can ask for").toBeVisible();
  }
  expect(await chat.heard("error"), "exactly one event").toHaveLength(1);
  expect(await chat.heard("started")).toHaveLength(0);
  return error;
}
