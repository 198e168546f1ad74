/**
 * Pictures of every state of the chat, for people to look at: light, dark, phone and right to left, into
 * `test-results/screenshots`. `npm run screenshots -w js -- active waiting` takes only some.
 */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { createServer } from "vite";
import { engine } from "./engine-plugin.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = fileURLToPath(new URL("../../test-results/screenshots", import.meta.url));
const STATES =
  "closed unread unloadable configuring ready authenticating waiting active typing delivery long offline lapsed sign-in ended confirm network expired setup".split(
    " ",
  );
const DESKTOP = { width: 900, height: 760 };
const PHONE = { width: 390, height: 780 };
const LOOKS = {
  light: { viewport: DESKTOP, query: "" },
  dark: { viewport: DESKTOP, query: "&scheme=dark" },
  phone: { viewport: PHONE, query: "", hasTouch: true },
  rtl: { viewport: DESKTOP, query: "&lang=ar&dir=rtl" },
  forced: { viewport: DESKTOP, query: "", forcedColors: "active" },
};

const asked = process.argv.slice(2);
const some = (names) => (asked.some((word) => names.includes(word)) ? names.filter((name) => asked.includes(name)) : names);
const states = some(STATES);
const looks = some(Object.keys(LOOKS));

mkdirSync(folder, { recursive: true });
const server = await createServer({
  root,
  configFile: false,
  plugins: [engine()],
  logLevel: "error",
  server: { port: 0, host: "127.0.0.1" },
});
await server.listen();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
const address = server.resolvedUrls.local[0];
try {
  for (const look of looks) {
    const { query, ...options } = LOOKS[look];
    const context = await browser.newContext({ ...options, reducedMotion: "reduce" });
    const page = await context.newPage();
    page.on("pageerror", (error) => console.error(`${look}: ${error.stack}`));
    for (const state of states) {
      await page.goto(`${address}test/pages/states.html?state=${state}${query}`);
      await page.waitForSelector(`html[data-drawn="${state}"]`);
      await page.screenshot({ path: `${folder}/${look}-${state}.png` });
    }
    await context.close();
  }
} finally {
  await browser.close();
  await server.close();
}
console.log(`${states.length * looks.length} pictures in test-results/screenshots`);
