// The main flows in Firefox and in WebKitGTK: who the visitor is reaches the agent, a refused token is told, a signed-out
// visitor is anonymous, a reload and a second tab go on with the same chat, and a strict policy is no obstacle. And in
// Chromium too, what becomes of a chat in a tab that nobody looks at.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { Key } from "selenium-webdriver";

import { bert, portalClient } from "../product/website.mjs";
import { BROWSERS } from "./drivers.mjs";
import { oddPages } from "./odd-pages.mjs";
import { setUp } from "./stage.mjs";

/** A client function that gives null to those who are signed out. */
const polite = `window.auth = { getAuthenticationToken: function (done) {
  fetch("/auth/token").then(function (answer) { return answer.ok ? answer.text() : null; }).then(done);
} };`;

// Side by side: a browser mostly waits.
describe("the chat by WebDriver", { concurrency: true }, () => {
  for (const [name, start] of Object.entries(BROWSERS)) {
    describe(name, { concurrency: 1 }, () => {
      const stage = setUp(start);
      if (name !== "Chromium") {
        flows(stage);
        oddPages(stage);
      }
      // WebKitGTK's browser shows a new tab in a window of its own, beside the first.
      if (name !== "WebKitGTK") background(stage);
    });
  }
});

/** @param {ReturnType<typeof setUp>} stage */
function flows(stage) {
  const { visit, summary, stored, accept, answer, sockets } = stage;

  it("a signed-in visitor is Authenticated: Yes to the agent, and they talk", async () => {
    const { chat } = await visit({ visitor: bert });
    await chat.open();
    const { conversation, authenticated } = await chat.hears("started");
    assert.equal(authenticated, true);
    const { authenticated: verdict, authentication, contact } = await summary(conversation);
    assert.equal(verdict, "yes");
    assert.equal(authentication.subject, bert.subject);
    assert.equal(contact.name, "Bert Hair");
    await chat.send("Where is my order?");
    await chat.until("the question is stored", async () => (await stored(conversation)).length === 1);
    await accept(conversation);
    await answer(conversation, "On its way, Bert.");
    await chat.shows("On its way, Bert.");
    assert.deepEqual(await stored(conversation), ["Where is my order?", "On its way, Bert."]);
    assert.deepEqual(await chat.heard("error"), []);
  });

  it("an expired token is one error event, and no chat", async () => {
    const { website, chat } = await visit({ visitor: bert });
    const now = Math.floor(Date.now() / 1000);
    const body = await website.token(bert, { claims: { iat: now - 4500, exp: now - 3600 } });
    website.site.publish("/auth/token", { type: "text/plain", body });
    await chat.open();
    const error = await chat.hears("error");
    assert.equal(error.code, "token-expired");
    assert.equal(error.name, "ChatError");
    await chat.until("what the visitor can do", async () => (await (await chat.find(".card")).getText()).includes("Your sign-in has expired"));
    assert.equal((await chat.heard("error")).length, 1);
    assert.deepEqual(await chat.heard("started"), []);
  });

  it("a signed-out visitor chats anonymously where that is allowed", async () => {
    const { chat } = await visit({ client: polite, widget: { signIn: "optional" } });
    await chat.open();
    const { conversation, authenticated } = await chat.hears("started");
    assert.equal(authenticated, false);
    const { authenticated: verdict, authentication } = await summary(conversation);
    assert.equal(verdict, "no");
    assert.deepEqual(authentication, { reason: "not-signed-in" });
  });

  it("a reload goes on with the conversation, open as it was, and what was written is there", async () => {
    const { chat } = await visit({ visitor: bert });
    await chat.open();
    const { conversation } = await chat.hears("started");
    await chat.send("before the reload");
    await stage.driver.navigate().refresh();
    assert.deepEqual(await chat.hears("started"), { conversation, authenticated: true });
    await chat.shows("before the reload");
    await chat.send("after the reload");
    await chat.until("both messages are stored", async () => (await stored(conversation)).length === 2);
    assert.deepEqual(await stored(conversation), ["before the reload", "after the reload"]);
  });

  it("two tabs are one chat on one socket", async () => {
    const { chat } = await visit({ visitor: bert });
    await chat.open();
    const { conversation } = await chat.hears("started");
    const { driver } = stage;
    const first = await driver.getWindowHandle();
    const address = await driver.getCurrentUrl();
    await driver.switchTo().newWindow("tab");
    const second = await driver.getWindowHandle();
    await driver.get(address);
    await chat.open();
    assert.equal((await chat.hears("started")).conversation, conversation);
    await chat.send("from the second tab");
    await driver.switchTo().window(first);
    await chat.shows("from the second tab");
    await chat.send("from the first tab");
    await driver.switchTo().window(second);
    await chat.shows("from the first tab");
    await chat.until("one socket for both", async () => (await sockets()) === "1");
    await driver.close();
    await driver.switchTo().window(first);
    await chat.send("the first is still there");
    await chat.until("all is stored", async () => (await stored(conversation)).length === 3);
  });

  it("the field is as high as what is typed, up to a limit", async () => {
    const { chat } = await visit({ visitor: bert });
    await chat.open();
    await chat.hears("started");
    const field = await chat.find("textarea");
    const height = async () => (await field.getRect()).height;
    const low = await height();
    /** @param {string[]} lines */
    const write = async (lines) => {
      const keys = stage.driver.actions();
      for (const line of lines) keys.sendKeys(line).keyDown(Key.SHIFT).sendKeys(Key.ENTER).keyUp(Key.SHIFT);
      await keys.perform();
    };
    await write(["one", "two"]);
    const high = await height();
    assert.ok(high > low * 1.8, `three lines take ${high} pixels, one takes ${low}`);
    await write(Array(12).fill("more"));
    assert.equal(await height(), 132);
    await field.sendKeys(Key.ENTER);
    await chat.until("the field is low again", async () => (await height()) === low);
  });

  it("a strict policy with Trusted Types is no obstacle", async () => {
    const { chat } = await visit({ visitor: bert, strict: true });
    await chat.open();
    assert.equal((await chat.hears("started")).authenticated, true);
    await chat.send("under a strict policy");
    assert.deepEqual(await stage.driver.executeScript("return window.violations"), []);
  });
}

/**
 * Browsers slow a hidden tab's timers down, and throttle it further the longer it is hidden.
 * @param {ReturnType<typeof setUp>} stage
 */
function background(stage) {
  const { visit, accept, answer } = stage;

  it("in a hidden tab messages arrive, and a function that never calls back is given up after 10 s", async () => {
    // The page tells its website what happens: to look at it would be to show it.
    const client = `${portalClient}
      const tell = (type, code = "") => fetch("/told?" + new URLSearchParams({
        type, code, hidden: document.hidden, after: Math.round(performance.now() - window.hiddenAt),
      }));
      document.addEventListener("message", () => tell("message"));
      document.addEventListener("error", ({ detail }) => tell("error", detail.code));
      document.addEventListener("visibilitychange", () => {
        if (!document.hidden) return;
        window.hiddenAt = performance.now();
        auth.getAuthenticationToken = () => { tell("called"); };
        document.querySelector("bonafide-chat").authenticate();
      }, { once: true });`;
    const { chat, website } = await visit({ visitor: bert, client });
    /** @type {URLSearchParams[]} */
    const told = [];
    website.site.publish("/told", ({ url = "" }) => {
      told.push(new URL(url, website.origin).searchParams);
      return { body: "" };
    });
    /** @param {string} type */
    const first = (type) => chat.until(`the hidden page tells of ${type}`, async () => told.find((params) => params.get("type") === type));

    await chat.open();
    const { conversation } = await chat.hears("started");
    await accept(conversation);
    const { driver } = stage;
    const page = await driver.getWindowHandle();
    await driver.switchTo().newWindow("tab");
    await first("called");
    await answer(conversation, "are you there?");
    assert.equal((await first("message")).get("hidden"), "true");
    const error = await first("error");
    assert.equal(error.get("code"), "client-function-timeout");
    assert.equal(error.get("hidden"), "true");
    const after = Number(error.get("after"));
    assert.ok(after > 9_000 && after < 15_000, `given up after ${after} ms; timers of a hidden tab may be a second late`);

    await driver.close();
    await driver.switchTo().window(page);
    await chat.shows("are you there?");
    assert.equal(told.filter((params) => params.get("type") === "error").length, 1);
  });
}
