// Visitors who are not signed in, and widgets that have no way to tell: the answer is No, and it says why.

import type { Page } from "@playwright/test";

import { Chat, recordEvents } from "../product/chat.mjs";
import { bert, expect, test } from "./fixtures";

/** A client function for visitors who are signed out. */
const signedOut = "window.auth = { getAuthenticationToken: function (done) { done(null); } };";

test("sign-in optional: a signed-out visitor chats anonymously, in another queue", async ({ product, visit }) => {
  const chat = await visit({ client: signedOut, widget: { signIn: "optional" } });
  await chat.open();
  const { authenticated, conversation } = await chat.hears("started");
  expect(authenticated).toBe(false);
  await chat.send("Do you deliver to Leeds?");
  const summary = await product.admin.read(`/agent/conversations/${conversation}/summary`);
  expect(summary).toMatchObject({
    authenticated: "no",
    authentication: { reason: "not-signed-in" },
    contact: { notLinked: "not-authenticated" },
    context: { signed: {}, unsigned: {} },
    queue: { name: "Guests" },
  });
  expect(await chat.heard("error")).toHaveLength(0);
});

/** Gives the chat of a page unsigned context, before it is opened. */
const setContext = (page: Page, context: Record<string, unknown>) =>
  page.evaluate((given) => {
    (document.querySelector("bonafide-chat") as unknown as { setContext(context: unknown): void }).setContext(given);
  }, context);

for (const isSignedIn of [false, true]) {
  const fate = isSignedIn ? "is left out when the visitor is signed in" : "is seen by agents as unsigned";
  test(`context that the page sets before the chat is opened ${fate}`, async ({ page, product, website, visit }) => {
    if (isSignedIn) website.visitor = { ...bert, context: { msdyn_cartvalue: "12" } };
    const chat = await visit({ ...(!isSignedIn && { client: signedOut }), widget: { signIn: "optional" } });
    await chat.hears("ready");
    await setContext(page, { msdyn_cartvalue: 9_000, msdyn_isvip: true });
    await chat.open();
    const { conversation, authenticated } = await chat.hears("started");
    expect(authenticated).toBe(isSignedIn);
    const { context, queue } = await product.admin.read(`/agent/conversations/${conversation}/summary`);
    expect(context).toEqual(
      isSignedIn ? { signed: { msdyn_cartvalue: 12 }, unsigned: {} } : { signed: {}, unsigned: { msdyn_cartvalue: 9_000, msdyn_isvip: true } },
    );
    // A big basket that nobody vouches for is no big basket.
    expect(queue.name).toBe(isSignedIn ? "Members" : "Guests");
  });
}

test("sign-in required: a signed-out visitor sees a sign-in card, and chats once signed in", async ({ page, website, visit }) => {
  const chat = await visit({
    client: `window.auth = { getAuthenticationToken: function (done) {
      fetch("/auth/token").then(function (answer) { return answer.ok ? answer.text() : null; }).then(done);
    } };`,
  });
  await chat.open();
  expect((await chat.hears("error")).code).toBe("token-not-provided");
  await expect(chat.panel.getByRole("heading", { name: "Please sign in to chat" })).toBeVisible();

  website.visitor = bert;
  await chat.panel.getByRole("button", { name: "Sign in" }).click();
  await chat.hears("sign-in");
  expect(await chat.hears("started")).toMatchObject({ authenticated: true });
  expect(await chat.heard("error"), "no second error").toHaveLength(1);
  await expect(page.getByText("Signed in", { exact: true })).toBeVisible();
});

test("a widget without a setting says No although the visitor is signed in", async ({ product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit({ setting: null });
  await chat.open();
  const { authenticated, conversation } = await chat.hears("started");
  expect(authenticated).toBe(false);
  const summary = await product.admin.read(`/agent/conversations/${conversation}/summary`);
  expect(summary.authenticated).toBe("no");
  expect(summary.authentication).toEqual({ reason: "no-setting" });
  expect(website.tokensAsked, "nobody asked the page for a token").toBe(0);
});

test("a setting attached to the widget works at once, and detached again too", async ({ browser, product, website }) => {
  website.visitor = bert;
  const { admin, workStream, server } = product;
  const { widget, setting } = await website.record(admin, { workStream });
  const { name, allowedOrigins } = await admin.read(`/admin/chat-widgets/${widget}`);
  const url = website.page({ server: server.url, widget });
  for (const [authenticationSetting, expected] of [[null, false], [setting, true], [null, false]] as const) {
    await admin.change(`/admin/chat-widgets/${widget}`, {
      name, workStream, authenticationSetting, signIn: "optional", allowedOrigins,
    });
    // Each time another visitor's browser.
    const page = await browser.newPage();
    await recordEvents(page);
    await page.goto(url);
    const chat = new Chat(page);
    await chat.open();
    expect((await chat.hears("started")).authenticated).toBe(expected);
    await page.close();
  }
});
