// The chat in Chromium, measured in the page by its own clock: the click until the visitor can write, a token until the
// conversation, what the script tag costs a page that nobody chats on, and the way to the agent's screen. Prints; judges
// nothing.

import { cpus, loadavg } from "node:os";
import { setTimeout } from "node:timers/promises";

import { chromium } from "@playwright/test";

import { browser as launch } from "../product/browser.mjs";
import { Chat, recordEvents } from "../product/chat.mjs";
import { Desk } from "../product/desk.mjs";
import { Server, administrator } from "../product/server.mjs";
import { Website, bert } from "../product/website.mjs";
import { transcripts } from "./transcripts.mjs";

/** @typedef {import("@playwright/test").Page} Page */

const LOADS = 15;
const OPENINGS = 21;
const STARTS = 41;
const ARRIVALS = 21;
/** How much slower than this machine a visitor's may be. */
const SLOWDOWN = 4;

/** A page's script for the least that opens: a button, and at its click a dialog with a heading and a field. */
const LEAST = `addEventListener("DOMContentLoaded", () => {
  const root = document.body.appendChild(document.createElement("bonafide-chat")).attachShadow({ mode: "open" });
  const button = root.appendChild(document.createElement("button"));
  button.className = "launcher";
  button.style.cssText = "position:fixed;right:20px;bottom:20px;width:56px;height:56px";
  button.onclick = () => {
    const dialog = document.createElement("dialog");
    dialog.style.cssText = "position:fixed;inset:auto 20px 88px auto;width:384px;height:640px";
    dialog.append(Object.assign(document.createElement("h2"), { textContent: "Chat" }), document.createElement("textarea"));
    root.append(dialog);
    dialog.setAttribute("open", "");
    dialog.lastChild.focus();
    for (const type of ["started", "opened"]) document.dispatchEvent(new CustomEvent(type));
  };
});`;

const { server, admin } = await Server.fresh();
const website = await Website.open();
const workStream = (await admin.read("/admin/work-streams")).items[0].id;
const { widget } = await website.record(admin, { workStream });
const browser = await chromium.launch(launch);

console.log(`${cpus().length} cores, load ${loadavg().map((load) => load.toFixed(2)).join(" ")}`);
// First, while the inbox is short.
await arriving();
await loading();
await opening(1);
await opening(SLOWDOWN);
await starting();
await transcripts({ admin, visitor, spread });
await browser.close();
await website.close();
await server.close();

/**
 * A visitor of their own: nothing is cached.
 * @param {string} [client]
 */
async function visitor(client) {
  const number = (visitor.count = (visitor.count ?? 0) + 1);
  website.visitor = { ...bert, subject: `visitor-${number}` };
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await recordEvents(page);
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  return { page, cdp, context, address: website.page({ server: server.url, widget, ...(client !== undefined && { client }) }) };
}
/** @type {number | undefined} */
visitor.count = undefined;

/**
 * What the script tag does to a page that nobody chats on, beside the same page without it: tasks that keep the page from
 * answering, and what moves. Then what is loaded, and what moves when the chat is opened.
 */
async function loading() {
  for (const slowdown of [1, SLOWDOWN]) {
    /** @type {Seen[]} */
    const tagged = [];
    /** @type {Seen[]} */
    const bare = [];
    for (let i = 0; i < LOADS; i += 1) {
      tagged.push(await loadOnce(slowdown, [widget]));
      bare.push(await loadOnce(slowdown, []));
    }
    const shift = Math.max(...tagged.map((seen) => seen.shift));
    console.log(`CPU ÷${slowdown}, ${LOADS} loads each, tasks over 50 ms: ${long(tagged)}; without the tag ${long(bare)}; layout shift ${shift}`);
  }
  const { page, cdp, context, address } = await visitor();
  await page.addInitScript(observe);
  const loaded = bytes(cdp);
  await page.goto(address, { waitUntil: "networkidle" });
  report("before the chat is opened", loaded.take());
  const chat = new Chat(page);
  await chat.launcher.click();
  await chat.hears("started");
  report("when it is opened", loaded.take());
  // Not by the visitor's click, which excuses what moves within half a second: nothing of the page may move at all.
  const { shift } = /** @type {Seen} */ (await page.evaluate("seen"));
  console.log(`  layout shift by the time the chat has started: ${shift}`);
  await context.close();
}

/** @typedef {{ tasks: number[], shift: number }} Seen tasks over 50 ms, by their length in milliseconds */

/** Runs in the page, before anything of it: notes long tasks and layout shifts. */
function observe() {
  const seen = { tasks: /** @type {number[]} */ ([]), shift: 0 };
  Object.assign(globalThis, { seen });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.tasks.push(duration);
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.shift += /** @type {any} */ (entry).value;
  }).observe({ type: "layout-shift", buffered: true });
}

/**
 * @param {number} slowdown
 * @param {string[]} widgets
 */
async function loadOnce(slowdown, widgets) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(observe);
  const cdp = await context.newCDPSession(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await page.goto(website.page({ server: server.url, widgets }), { waitUntil: "networkidle" });
  const seen = /** @type {Seen} */ (await page.evaluate("seen"));
  await context.close();
  return seen;
}

/** @param {Seen[]} loads */
function long(loads) {
  const longest = loads.map(({ tasks }) => Math.max(0, ...tasks));
  const having = longest.filter(Boolean).length;
  return having === 0 ? "in none" : `in ${having}, median of the longest ${median(longest).toFixed(0)} ms (to ${Math.max(...longest).toFixed(0)})`;
}

/**
 * Bytes on the wire from the chat's server, headers included.
 * @param {import("@playwright/test").CDPSession} cdp
 */
function bytes(cdp) {
  /** @type {Map<string, string>} */
  const urls = new Map();
  /** @type {Map<string, number>} */
  let files = new Map();
  cdp.on("Network.requestWillBeSent", ({ requestId, request }) => urls.set(requestId, request.url));
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const url = urls.get(requestId) ?? "";
    if (url.startsWith(server.url)) files.set(new URL(url).pathname, encodedDataLength);
  });
  return {
    take() {
      const taken = files;
      files = new Map();
      return taken;
    },
  };
}

/**
 * @param {string} when
 * @param {Map<string, number>} files
 */
function report(when, files) {
  const total = [...files.values()].reduce((sum, size) => sum + size, 0);
  console.log(`  ${when}: ${total} bytes on the wire, headers included`);
  for (const [path, size] of files) console.log(`  ${String(size).padStart(8)}  ${path}`);
}

/**
 * From the click until the visitor can write: the panel is painted and its field takes what is typed. A hand rests on the
 * launcher for a moment before it presses; a click out of nowhere has no such moment. In turns with the least that a page
 * can do in its place.
 * @param {number} slowdown
 */
async function opening(slowdown) {
  for (const [way, rest, press] of /** @type {const} */ ([["a hand's click", 100, 60], ["a click out of nowhere", 0, 0]])) {
    /** @type {Opening[]} */
    const chat = [];
    /** @type {number[]} */
    const least = [];
    const without = website.page({ server: server.url, widgets: [], client: LEAST, path: "/least" });
    for (let i = 0; i < OPENINGS; i += 1) {
      const { context, page, cdp, address } = await visitor();
      chat.push(await openOnce(page, cdp, address, slowdown, rest, press));
      await context.close();
      const other = await visitor();
      least.push((await openOnce(other.page, other.cdp, without, slowdown, rest, press)).usable);
      await other.context.close();
    }
    const usable = chat.map((times) => times.usable);
    const ratio = median(usable) / median(least);
    console.log(
      `CPU ÷${slowdown}, ${OPENINGS} openings with an empty cache by ${way}: click to writing ${spread(usable)}; ` +
        `a bare dialog with a field ${spread(least)}, ratio ${ratio.toFixed(1)}; click to started ${spread(chat.map((times) => times.started))}`,
    );
  }
}

/** @typedef {{ usable: number, started: number }} Opening milliseconds since the click */

/**
 * @param {Page} page
 * @param {import("@playwright/test").CDPSession} cdp
 * @param {string} address
 * @param {number} slowdown
 * @param {number} rest how long the pointer is on the launcher before it is pressed, in milliseconds
 * @param {number} press how long it is pressed
 */
async function openOnce(page, cdp, address, slowdown, rest, press) {
  await page.goto(address, { waitUntil: "networkidle" });
  const { x, y } = await prepare(page);
  const times = /** @type {Promise<Opening>} */ (page.evaluate("times"));
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await page.mouse.move(x, y);
  await setTimeout(rest);
  await page.mouse.down();
  await setTimeout(press);
  await page.mouse.up();
  return times;
}

/**
 * Puts the measurement into the page and runs it once, so that the page spends no time on it while it opens the chat: not
 * for looking for things, nor for compiling what looks. Gives the middle of the launcher.
 * @param {Page} page
 */
function prepare(page) {
  return page.evaluate(async () => {
    const root = () => document.querySelector("bonafide-chat")?.shadowRoot;
    const at = { click: 0, usable: 0, started: 0 };
    const times = new Promise((resolve) => {
      const happened = (/** @type {"usable" | "started"} */ what) => {
        at[what] = at.click && performance.now() - at.click;
        if (at.usable && at.started) resolve(at);
      };
      addEventListener("pointerup", ({ timeStamp }) => (at.click = timeStamp), { capture: true });
      document.addEventListener("started", () => happened("started"));
      document.addEventListener("opened", () => {
        // After the next frame is painted; a task that follows it runs when the picture is on its way to the screen.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            const field = root()?.querySelector("textarea");
            if (!at.click || (field && root()?.activeElement === field && !field.disabled)) happened("usable");
          };
          port2.postMessage(null);
        });
      });
    });
    Object.assign(globalThis, { times });
    for (const type of ["started", "opened"]) document.dispatchEvent(new CustomEvent(type));
    dispatchEvent(new PointerEvent("pointerup"));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    at.click = at.usable = at.started = 0;
    const { x, y, width, height } = /** @type {Element} */ (root()?.querySelector(".launcher")).getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  });
}

/** From a token in hand to `started`, beside a bare `fetch` of the same request from the same page. */
async function starting() {
  const { page, context, address } = await visitor(`window.auth = { getAuthenticationToken: function (done) { window.handOver(done); } };`);
  await page.goto(address, { waitUntil: "networkidle" });
  /** @type {{ bare: number, chat: number }[]} */
  const took = [];
  for (let i = 0; i < STARTS; i += 1) {
    const token = () => website.token({ ...bert, subject: `starter-${i}` });
    took.push(
      await page.evaluate(
        async ([url, id, first, second]) => {
          const element = /** @type {any} */ (document.querySelector("bonafide-chat"));
          const bare = async () => {
            const begin = performance.now();
            const { origin, pathname } = location;
            const answer = await fetch(`${url}/api/v1/widgets/${id}/conversations`, {
              method: "POST",
              headers: { "accept": "application/json", "content-type": "application/json" },
              body: JSON.stringify({ token: first, page: { url: origin + pathname, title: document.title, locale: "en" } }),
              credentials: "omit",
              cache: "no-store",
            });
            const { conversation } = JSON.parse(await answer.text());
            if (!conversation.authenticated) throw new Error("the bare start was refused");
            return performance.now() - begin;
          };
          const chat = async () => {
            let begin = Number.NaN;
            Object.assign(globalThis, {
              handOver: (/** @type {(token: string) => void} */ done) => {
                begin = performance.now();
                done(second);
              },
            });
            const heard = new Promise((resolve) => element.addEventListener("started", () => resolve(performance.now() - begin), { once: true }));
            await element.start();
            const time = await heard;
            await element.end();
            return time;
          };
          // In turns, so that neither is always the one with the warmer connection.
          const isFirst = Math.random() < 0.5;
          const early = isFirst ? await bare() : await chat();
          const late = isFirst ? await chat() : await bare();
          return isFirst ? { bare: early, chat: late } : { bare: late, chat: early };
        },
        /** @type {const} */ ([server.url, widget, await token(), await token()]),
      ),
    );
  }
  // The first loads the engine.
  took.shift();
  const bare = took.map((pair) => pair.bare);
  const chat = took.map((pair) => pair.chat);
  const ratio = median(chat) / median(bare);
  console.log(`${took.length} starts: token to started ${spread(chat)}; a bare fetch ${spread(bare)}; ratio of the medians ${ratio.toFixed(2)}`);
  await context.close();
}

/** From the visitor's click and from `started` until the conversation stands in the inbox on an agent's screen. */
async function arriving() {
  const agents = await chromium.launch(launch);
  const desk = await Desk.signIn(agents, server.url, administrator);
  await desk.page.evaluate(() => {
    /** @type {Record<string, number>} */
    const seen = {};
    Object.assign(globalThis, { seen });
    const look = () => {
      for (const link of document.querySelectorAll("a[href*='/agent/cnv_']")) {
        const id = /cnv_\w+/.exec(/** @type {HTMLAnchorElement} */ (link).href)?.[0] ?? "";
        seen[id] ??= performance.timeOrigin + performance.now();
      }
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["href"] });
  });
  /** @type {{ click: number, started: number }[]} */
  const took = [];
  for (let i = 0; i < ARRIVALS; i += 1) {
    const { page, context, address } = await visitor();
    await page.addInitScript(() => {
      const times = { click: 0, started: 0 };
      const clock = () => performance.timeOrigin + performance.now();
      Object.assign(globalThis, { times });
      addEventListener("pointerup", () => (times.click = clock()), { capture: true, once: true });
      document.addEventListener("started", () => (times.started = clock()));
    });
    await page.goto(address, { waitUntil: "networkidle" });
    const chat = new Chat(page);
    await chat.launcher.click();
    const { conversation } = await chat.hears("started");
    await desk.page.waitForFunction((id) => /** @type {any} */ (globalThis).seen[id] !== undefined, conversation);
    const shown = /** @type {number} */ (await desk.page.evaluate((id) => /** @type {any} */ (globalThis).seen[id], conversation));
    const { click, started } = /** @type {any} */ (await page.evaluate("times"));
    took.push({ click: shown - click, started: shown - started });
    // The inbox stays short, as an agent keeps it.
    await admin.create(`/agent/conversations/${conversation}/accept`, {});
    await admin.create(`/agent/conversations/${conversation}/close`, {});
    await context.close();
  }
  const click = spread(took.map((times) => times.click));
  const started = spread(took.map((times) => times.started));
  console.log(`${took.length} arrivals in another browser's inbox: from the click ${click}; from the visitor's started ${started}`);
  await agents.close();
}

/** @param {number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** @param {number[]} values */
function spread(values) {
  return `median ${median(values).toFixed(1)} ms (${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)})`;
}
