// Opening the chat in Chromium: what the page loads before and after the click, and how long the click takes.

import { chromium } from "@playwright/test";

import { browser as launch } from "../product/browser.mjs";
import { Chat, recordEvents } from "../product/chat.mjs";
import { Server } from "../product/server.mjs";
import { Website, bert } from "../product/website.mjs";

const OPENINGS = 20;

const { server, admin } = await Server.fresh();
const website = await Website.open();
website.visitor = bert;
const workStream = (await admin.read("/admin/work-streams")).items[0].id;
const { widget } = await website.record(admin, { workStream });
const page = website.page({ server: server.url, widget });
const browser = await chromium.launch(launch);

/** @type {number[]} */
const took = [];
/** @type {Record<"before" | "after", Map<string, number>>} */
let loaded = { before: new Map(), after: new Map() };
for (let i = 0; i < OPENINGS; i += 1) {
  const context = await browser.newContext();
  const tab = await context.newPage();
  await recordEvents(tab);
  const network = await context.newCDPSession(tab);
  await network.send("Network.enable");
  /** @type {Map<string, string>} */
  const urls = new Map();
  let phase = /** @type {"before" | "after"} */ ("before");
  loaded = { before: new Map(), after: new Map() };
  network.on("Network.requestWillBeSent", ({ requestId, request }) => urls.set(requestId, request.url));
  network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const url = urls.get(requestId) ?? "";
    if (url.startsWith(server.url)) loaded[phase].set(new URL(url).pathname, encodedDataLength);
  });
  await tab.goto(page, { waitUntil: "networkidle" });
  phase = "after";
  const chat = new Chat(tab);
  const begin = performance.now();
  await chat.launcher.click();
  await chat.hears("opened");
  took.push(performance.now() - begin);
  await chat.hears("started");
  await context.close();
}
took.sort((a, b) => a - b);
for (const [phase, files] of Object.entries(loaded)) {
  const total = [...files.values()].reduce((sum, bytes) => sum + bytes, 0);
  console.log(`${phase} the chat is opened: ${total} bytes on the wire, headers included`);
  for (const [path, bytes] of files) console.log(`  ${String(bytes).padStart(8)}  ${path}`);
}
console.log(`${OPENINGS} openings with an empty cache: median ${(took[OPENINGS / 2] ?? 0).toFixed(0)} ms, slowest ${(took.at(-1) ?? 0).toFixed(0)} ms`);
await browser.close();
await website.close();
await server.close();
