// Who the visitor is may change while a chat runs: proved late, renewed, lost, signed out.

import type { Page } from "@playwright/test";

import { Chat } from "../product/chat.mjs";
import { bert, expect, test, textsOf } from "./fixtures";

/** Calls a method of the page's chat, as a website's script does. */
const call = (page: Page, method: "authenticate" | "signOut") =>
  page.evaluate((name) => (document.querySelector("bonafide-chat") as unknown as Record<string, () => Promise<void>>)[name]?.(), method);

/** A client function that gives a token to those who are signed in, and null to the others. */
const polite = `window.auth = { getAuthenticationToken: function (done) {
  fetch("/auth/token").then(function (answer) { return answer.ok ? answer.text() : null; }).then(done);
} };`;

test("an anonymous chat becomes an authenticated one, the same conversation", async ({ page, product, website, visit }) => {
  const chat = await visit({ client: polite, widget: { signIn: "optional" } });
  await chat.open();
  const { conversation, authenticated } = await chat.hears("started");
  expect(authenticated).toBe(false);
  await chat.send("before the sign-in");

  website.visitor = bert;
  await call(page, "authenticate");
  await chat.hears("authenticated");
  const summary = await product.admin.read(`/agent/conversations/${conversation}/summary`);
  expect(summary).toMatchObject({ authenticated: "yes", authentication: { subject: bert.subject }, contact: { name: "Bert Hair" } });
  await expect(chat.log.getByText("before the sign-in")).toBeVisible();
  expect(await chat.heard("started")).toHaveLength(1);
});

test("the proof is renewed at 80 % of its life, and once at a time", async ({ page, product, website, visit }) => {
  await page.clock.install();
  website.visitor = { ...bert, expiresIn: 1_000 };
  const chat = await visit();
  await chat.open();
  const { conversation } = await chat.hears("started");
  const proof = async () => (await product.admin.read(`/agent/conversations/${conversation}/summary`)).authentication;
  const first = await proof();
  website.visitor = { ...bert, expiresIn: 2_000 };
  await page.clock.fastForward(750_000);
  await chat.send("not yet");
  expect(website.tokensAsked, "at 75 %").toBe(1);
  await page.clock.fastForward(51_000);
  await chat.hears("authenticated");
  expect(website.tokensAsked).toBe(2);
  await expect.poll(async () => (await proof()).expiresAt > first.expiresAt).toBe(true);
  expect((await proof()).state).toBe("current");
  expect(await chat.heard("error")).toHaveLength(0);
});

test("a failed renewal is told, the chat can still be read, and the agent sees that the proof lapsed", async ({ product, website, visit }) => {
  website.visitor = { ...bert, expiresIn: 10 };
  const chat = await visit({ client: polite });
  await chat.open();
  const { conversation } = await chat.hears("started");
  await chat.send("still here");
  await chat.box.fill("half a thought");
  website.visitor = null;
  expect((await chat.hears("error", 30_000)).code).toBe("token-not-provided");
  const state = async () => (await product.admin.read(`/agent/conversations/${conversation}/summary`)).authentication.state;
  await expect.poll(state, { timeout: 30_000 }).toBe("lapsed");
  await expect(chat.log.getByText("still here")).toBeVisible();
  await expect(chat.box, "what was typed stays").toHaveValue("half a thought");
});

test("another person never continues somebody else's conversation, and gets their own", async ({ page, product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit({ client: polite });
  await chat.open();
  const { conversation } = await chat.hears("started");
  await chat.send("only for me");
  website.visitor = { ...bert, subject: "somebody-else" };
  await call(page, "authenticate").catch(() => {});
  await expect(chat.log.getByText("only for me")).toHaveCount(0);
  const subjectOf = async (id: string) => (await product.admin.read(`/agent/conversations/${id}/summary`)).authentication.subject;
  expect(await subjectOf(conversation)).toBe(bert.subject);

  await expect.poll(async () => (await chat.heard("started")).length, { message: "a conversation of their own" }).toBe(2);
  const [, own] = await chat.heard("started");
  expect(own.authenticated).toBe(true);
  expect(own.conversation).not.toBe(conversation);
  expect(await subjectOf(own.conversation)).toBe("somebody-else");
  await chat.send("and only for me");
  await expect.poll(() => textsOf(product, own.conversation)).toEqual(["and only for me"]);
  expect(await textsOf(product, conversation)).toEqual(["only for me"]);
});

test("a setting that is taken off the widget takes nothing from a chat that runs", async ({ page, product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit();
  await chat.open();
  const { conversation } = await chat.hears("started");
  await chat.send("before");
  await chat.box.fill("half a thought");
  const widget = `/admin/chat-widgets/${await chat.element.getAttribute("widget")}`;
  const { name, allowedOrigins } = await product.admin.read(widget);
  const { workStream } = product;
  await product.admin.change(widget, { name, workStream, authenticationSetting: null, signIn: "required", allowedOrigins });
  await call(page, "authenticate").catch(() => {});
  expect(await chat.hears("error")).toMatchObject({ code: "invalid-request" });
  await expect(chat.box).toHaveValue("half a thought");
  await expect(chat.log.getByText("before")).toBeVisible();
  await chat.send("after");
  await expect.poll(() => textsOf(product, conversation)).toEqual(["before", "after"]);
  expect(await chat.heard("error")).toHaveLength(1);
  expect(await chat.heard("started")).toHaveLength(1);
});

test("signing out reaches the server although the page takes the chat out at once", async ({ page, product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit();
  await chat.open();
  const { conversation } = await chat.hears("started");
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  const secret = /"secret\\*":\s*\\*"([^"\\]+)/.exec(kept)?.[1];
  expect(secret, "the session's secret is kept for the tab").toBeTruthy();
  // As a router does that leads to another view.
  await page.evaluate(() => {
    const element = document.querySelector("bonafide-chat") as unknown as { signOut(): Promise<void>; remove(): void };
    void element.signOut();
    element.remove();
  });
  const status = async () => {
    const url = `${product.server.url}/api/v1/conversations/${conversation}/messages`;
    return (await fetch(url, { headers: { authorization: `Bearer ${secret}`, origin: website.origin } })).status;
  };
  await expect.poll(status).toBe(401);
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain(secret);
});

test("signing out ends the session in every tab and at the server, and clears the transcript", async ({ page, context, product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit();
  await chat.open();
  const { conversation } = await chat.hears("started");
  await chat.send("a secret");
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage }));

  // A tab that the visitor duplicated: it has the same session.
  const twin = await context.newPage();
  await twin.addInitScript((stored) => {
    for (const [key, value] of Object.entries(JSON.parse(stored) as Record<string, string>)) sessionStorage.setItem(key, value);
  }, kept);
  await twin.goto(page.url());
  const other = new Chat(twin);
  await expect(other.log.getByText("a secret")).toBeVisible();

  await call(page, "signOut");
  await expect(chat.log.getByText("a secret")).toHaveCount(0);
  await expect(other.log.getByText("a secret")).toHaveCount(0);

  const secret = /"secret\\*":\s*\\*"([^"\\]+)/.exec(kept)?.[1];
  expect(secret, "the session's secret is kept for the tab").toBeTruthy();
  const answer = async () => {
    const url = `${product.server.url}/api/v1/conversations/${conversation}/messages`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${secret}`, origin: website.origin } });
    return (await response.json()).code;
  };
  // The page is cleared at once, and does not wait for the server.
  await expect.poll(answer).toBe("session-expired");
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain(secret);
});
