// Browsers by WebDriver, each by its own program: Firefox and WebKitGTK, which Playwright does not drive here, and Chromium
// for what Playwright cannot show in it. Starts and ends the programs; knows nothing of chats.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

import { Builder } from "selenium-webdriver";

import { browser as chromium } from "../product/browser.mjs";
import { freshPort } from "../product/ports.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */
/** @typedef {{ driver: WebDriver, close: () => Promise<void> }} Browser */

/** A generous ceiling: a slow machine is no failure. */
const START_MS = 60_000;

/** What can be driven: a name, and how a fresh browser is started. @type {Record<string, () => Promise<Browser>>} */
export const BROWSERS = { "Chromium": startChromium, "Firefox": startFirefox, "WebKitGTK": startWebKit };

async function startChromium() {
  const driver = needed("chromedriver", "BONAFIDE_CHROMEDRIVER", ["chromedriver"]);
  const port = await freshPort();
  const { executablePath: binary, args } = chromium;
  return begin(port, [run(driver, [`--port=${port}`])], {
    "browserName": "chrome",
    "goog:chromeOptions": { binary, args: ["--headless", "--window-size=1100,800", ...args] },
  });
}

async function startFirefox() {
  const firefox = needed("Firefox", "BONAFIDE_FIREFOX", ["firefox-esr", "firefox"]);
  const geckodriver = needed("geckodriver", "BONAFIDE_GECKODRIVER", ["geckodriver"]);
  const port = await freshPort();
  const program = run(geckodriver, ["--port", String(port), "--binary", firefox]);
  return begin(port, [program], { "browserName": "firefox", "moz:firefoxOptions": { args: ["-headless", "-width", "1100", "-height", "800"] } });
}

async function startWebKit() {
  const driver = needed("WebKitWebDriver", "BONAFIDE_WEBKIT_DRIVER", ["WebKitWebDriver"]);
  const { screen, display } = await startScreen();
  const port = await freshPort();
  // There is no graphics card behind this screen.
  const env = { DISPLAY: display, WEBKIT_DISABLE_DMABUF_RENDERER: "1", LIBGL_ALWAYS_SOFTWARE: "1" };
  const program = run(driver, [`--port=${port}`], env);
  return begin(port, [program, screen], {
    "browserName": "MiniBrowser",
    "webkitgtk:browserOptions": { binary: miniBrowser(), args: ["--automation"] },
  });
}

/**
 * Waits until a driver program answers, and opens a browser by it.
 * @param {number} port
 * @param {Program[]} programs all that end with the browser
 * @param {object} capabilities
 * @returns {Promise<Browser>}
 */
async function begin(port, programs, capabilities) {
  const stop = async () => {
    for (const program of programs) await program.stop();
  };
  try {
    const url = `http://127.0.0.1:${port}`;
    const [driver] = programs;
    const deadline = performance.now() + START_MS;
    while (!(await fetch(`${url}/status`).then((answer) => answer.ok, () => false))) {
      if (driver?.hasEnded || performance.now() > deadline) throw new Error(`the driver did not start: ${driver?.output}`);
    }
    const browser = await new Builder().usingServer(url).withCapabilities(capabilities).build();
    return {
      driver: browser,
      close: async () => {
        await browser.quit().catch(() => {});
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A screen in memory, as WebKitGTK has no headless mode. X chooses the number and writes it to the pipe we give it. */
async function startScreen() {
  const xvfb = needed("Xvfb", "BONAFIDE_XVFB", ["Xvfb"]);
  const screen = run(xvfb, ["-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]);
  const [, , , pipe] = screen.child.stdio;
  if (!pipe || !("on" in pipe)) throw new Error("Xvfb has no pipe to write to");
  const number = await Promise.race([
    once(pipe, "data").then(([data]) => String(data).trim()),
    screen.ended.then(() => Promise.reject(new Error(`Xvfb did not start: ${screen.output}`))),
  ]);
  return { screen, display: `:${number}` };
}

/** The browser that comes with the library; every distribution has it in a folder of its own. */
function miniBrowser() {
  const chosen = process.env["BONAFIDE_MINIBROWSER"];
  if (chosen) return chosen;
  const folders = ["/usr/lib", "/usr/libexec", ...readdirSync("/usr/lib").map((name) => `/usr/lib/${name}`)];
  for (const folder of folders) {
    for (const version of ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"]) {
      const program = join(folder, version, "MiniBrowser");
      if (existsSync(program)) return program;
    }
  }
  throw new Error("WebKitGTK's MiniBrowser is not installed (Debian and Ubuntu: libwebkit2gtk-4.1-0); name it in BONAFIDE_MINIBROWSER");
}

/**
 * A program that must be there.
 * @param {string} what
 * @param {string} variable the environment's choice
 * @param {string[]} names what it may be called
 */
function needed(what, variable, names) {
  const chosen = process.env[variable];
  if (chosen) return chosen;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  if (!found) throw new Error(`${what} is not installed; install it, or name it in ${variable}`);
  return found;
}

/** @typedef {ReturnType<typeof run>} Program */

/**
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} env
 */
function run(program, args, env = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe", "pipe"], detached: true });
  const ended = once(child, "exit").catch(() => {});
  const started = {
    child,
    ended,
    output: "",
    hasEnded: false,
    /** Ends it and what it started. */
    async stop() {
      if (!started.hasEnded) kill();
      await ended;
    },
  };
  // A browser is more than one process: they end as the group they are.
  const kill = () => {
    if (child.pid !== undefined && !started.hasEnded) process.kill(-child.pid, "SIGKILL");
  };
  const interrupted = () => process.exit(1);
  process.once("exit", kill).once("SIGINT", interrupted).once("SIGTERM", interrupted);
  void ended.then(() => {
    started.hasEnded = true;
    process.off("exit", kill).off("SIGINT", interrupted).off("SIGTERM", interrupted);
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (text) => {
      started.output = (started.output + text).slice(-4_000);
    });
  }
  return started;
}
