// Odd pages and odd networks, in Firefox and in WebKitGTK: names of the browser's that the page has taken for itself or breaks
// later, a sign-out on a page that never opened the chat, what the page says of its visitor, a long transcript, and a socket
// that dies without a word. The Playwright flows try each of these in all its forms, in Chromium.

import assert from "node:assert/strict";
import { it } from "node:test";

import { FaultyWire } from "../product/faulty-wire.mjs";
import { bert, portalClient } from "../product/website.mjs";

/** What pages declare for themselves, by names that the browser has things of its own for; but what the drivers call by. */
const OWN = `var URL = "/shop"; var Set = {}; function Response() {} function WebSocket() {} function AbortController() {}
var performance = "good"; function TextDecoder() {} function BroadcastChannel() {}`;

/** What a page's later script breaks; but what the drivers need. */
const BREAK = `window.setTimeout = () => 0; window.queueMicrotask = undefined; window.fetch = () => { throw new Error("the page's"); };
  window.WebSocket = undefined; window.TextDecoder = undefined; Reflect.apply = undefined; WebAssembly.Table.prototype.get = undefined;`;

/** More than two pages of the server's. */
const LONG = 450;

/** @param {number} number */
const said = (number) => `message ${number}`;

/** @param {ReturnType<typeof import("./stage.mjs").setUp>} stage */
export function oddPages(stage) {
  const { visit, summary, accept, answer, say } = stage;
  /** @param {string} script @param {unknown[]} args */
  const run = (script, ...args) => stage.driver.executeScript(script, ...args);
  const chatCalls = 'document.querySelector("bonafide-chat")';

  it("a page that has things of its own by the browser's names", async () => {
    // The recorder of the page's own events stands before it, and calls by the right names.
    const { chat } = await visit({ visitor: bert, client: `${portalClient}\n${OWN}` });
    await chat.open();
    const { conversation, authenticated } = await chat.hears("started");
    assert.equal(authenticated, true);
    await chat.send("from the shop");
    await accept(conversation);
    await answer(conversation, "welcome to it");
    await chat.shows("welcome to it");
    assert.deepEqual(await chat.heard("error"), []);
  });

  it("a page that breaks the browser's functions before the launcher is touched", async () => {
    const client = `window.auth = { getAuthenticationToken: (done) => done(window.token) };
      fetch("/auth/token").then((answer) => answer.text()).then((token) => { window.token = token; });`;
    const { chat } = await visit({ visitor: bert, client });
    await chat.hears("ready");
    await chat.until("the page has its token", () => run("return window.token"));
    await run(BREAK);
    await chat.open();
    const { conversation, authenticated } = await chat.hears("started");
    assert.equal(authenticated, true);
    await chat.send("all the same");
    await chat.until("it is stored", async () => (await stage.stored(conversation)).length === 1);
  });

  it("a sign-out on a page that never opened the chat ends the session", async () => {
    const { chat } = await visit({ visitor: bert });
    const address = await stage.driver.getCurrentUrl();
    await chat.open();
    const { conversation } = await chat.hears("started");
    await chat.send("hello");
    const secret = await run(
      `return JSON.parse(Object.entries(sessionStorage).find(([name]) => /^bonafide:wgt_[^:]+$/.test(name))[1]).session.secret`,
    );
    /** @returns {Promise<number>} */
    const status = async () => {
      const headers = { authorization: `Bearer ${secret}` };
      return (await fetch(`${stage.server}/api/v1/conversations/${conversation}/messages`, { headers })).status;
    };
    assert.equal(await status(), 200);
    const first = await stage.driver.getWindowHandle();
    await stage.driver.get(new URL("/no-chat-here", address).href);
    await stage.driver.switchTo().newWindow("tab");
    await stage.driver.get(address);
    await chat.find(".launcher");
    const outcome = await stage.driver.executeAsyncScript(
      `const done = arguments[0]; ${chatCalls}.signOut().then(() => done("resolved"), (error) => done(error.code));`,
    );
    assert.equal(outcome, "resolved");
    assert.equal(await status(), 401);
    await stage.driver.close();
    await stage.driver.switchTo().window(first);
  });

  it("what the page says of an anonymous visitor while the chat runs reaches the agent", async () => {
    const { chat } = await visit({ widget: { signIn: "optional" }, client: "window.auth = { getAuthenticationToken: (done) => done(null) };" });
    await chat.open();
    const { conversation } = await chat.hears("started");
    await run(`${chatCalls}.setContext({ msdyn_cartvalue: 12, msdyn_isvip: null })`);
    await chat.until("the agent sees it", async () => (await summary(conversation)).context.unsigned.msdyn_cartvalue === 12);
    assert.deepEqual((await summary(conversation)).context, { signed: {}, unsigned: { msdyn_cartvalue: 12 } });
  });

  it("a long transcript is there after a reload, with its end on the screen", async () => {
    const { chat } = await visit({ visitor: bert });
    await chat.open();
    const { conversation } = await chat.hears("started");
    await accept(conversation);
    await say(conversation, Array.from({ length: LONG }, (_, number) => said(number)));
    await chat.shows(said(LONG - 1));
    await stage.driver.navigate().refresh();
    await chat.until("all of it", async () => (await chat.texts()).length === LONG);
    assert.deepEqual(await chat.texts(), Array.from({ length: LONG }, (_, number) => said(number)));
    await chat.until("its end is in view", () =>
      run(`const root = ${chatCalls}.shadowRoot, [top, last, field] = [root.querySelector("dialog"), [...root.querySelectorAll(".bubble")].at(-1),
          root.querySelector("textarea")].map((it) => it.getBoundingClientRect());
        return last.top > top.top && last.bottom <= field.top;`),
    );
  });

  it("a socket that dies without a word is replaced, and the answer is here within a minute", async () => {
    const wire = await FaultyWire.to(stage.server);
    try {
      const { chat } = await visit({ visitor: bert, server: wire.url });
      await chat.open();
      const { conversation } = await chat.hears("started");
      await accept(conversation);
      await chat.until("the agent is there", () =>
        run(`return ${chatCalls}.shadowRoot.querySelector("dialog").textContent.includes("You are chatting with")`),
      );
      const before = wire.sockets;
      wire.fault = "frozen";
      await answer(conversation, "an answer");
      await chat.until("the answer", async () => (await chat.texts()).includes("an answer"), 60_000);
      // It may have been asked for over HTTP before that.
      await chat.until("another socket is tried", async () => wire.sockets > before, 60_000);
      wire.fault = "none";
      await chat.send("thanks");
      assert.deepEqual(await chat.heard("error"), []);
    } finally {
      await wire.close();
    }
  });
}
