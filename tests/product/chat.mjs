// The chat as a visitor uses it and as the page hears it: by roles and words on the screen, and by events.

import { expect } from "@playwright/test";

/** @typedef {import("@playwright/test").Page} Page */
/** @typedef {{ type: string, widget: string, detail: any }} ChatEvent */

/** What the element tells the page. */
const EVENTS = ["ready", "opened", "closed", "started", "authenticated", "message", "ended", "error", "sign-in"];

/**
 * Runs in the page: what its chats tell it is kept in `heardFromChats`.
 * @param {string[]} types
 */
function record(types) {
  /** @type {ChatEvent[]} */
  const heard = [];
  // What the page does to these later is what some tests are about.
  const { parse, stringify } = JSON;
  Object.assign(globalThis, { heardFromChats: heard });
  for (const type of types) {
    document.addEventListener(type, (event) => {
      const { target, detail } = /** @type {CustomEvent} */ (event);
      if (!(target instanceof HTMLElement) || target.localName !== "bonafide-chat") return;
      const copy = detail instanceof Error ? { ...detail, isError: true, name: detail.name, message: detail.message } : detail;
      heard[heard.length] = { type, widget: target.getAttribute("widget") ?? "", detail: parse(stringify(copy ?? null)) };
    });
  }
}

/** The same as the text of a script, for pages that no Playwright opens. */
export const recording = `(${record})(${JSON.stringify(EVENTS)});`;

/**
 * Records every event of every chat of a page, from before its first script. Call it before `goto`.
 * @param {Page} page
 */
export function recordEvents(page) {
  return page.addInitScript(record, EVENTS);
}

/** One chat on a page. */
export class Chat {
  /**
   * @param {Page} page
   * @param {string} [widget] which one, on a page with several
   */
  constructor(page, widget) {
    this.page = page;
    this.widget = widget;
    this.element = page.locator(widget === undefined ? "bonafide-chat" : `bonafide-chat[widget="${widget}"]`);
    this.launcher = this.element.getByRole("button", { name: /^Open chat/ });
    this.panel = this.element.getByRole("dialog");
    this.log = this.element.getByRole("log");
    this.box = this.element.getByRole("textbox");
  }

  async open() {
    await this.launcher.click();
    await expect(this.panel).toBeVisible();
  }

  /** @param {string} text */
  async send(text) {
    await this.box.fill(text);
    await this.box.press("Enter");
    await expect(this.log.getByText(text, { exact: true })).toBeVisible();
  }

  /**
   * What the page has heard so far, of one type.
   * @param {string} type
   * @returns {Promise<any[]>}
   */
  heard(type) {
    return this.page.evaluate(
      ([wanted, widget]) => {
        const all = /** @type {{ heardFromChats: ChatEvent[] }} */ (/** @type {unknown} */ (globalThis)).heardFromChats;
        return all.filter((event) => event.type === wanted && (widget === null || event.widget === widget)).map((event) => event.detail);
      },
      /** @type {const} */ ([type, this.widget ?? null]),
    );
  }

  /**
   * Waits for the first event of a type and gives its detail.
   * @param {string} type
   */
  async hears(type, timeout = 15_000) {
    await expect.poll(() => this.heard(type).then((events) => events.length), { timeout, message: `no ${type} event` }).toBeGreaterThan(0);
    return (await this.heard(type))[0];
  }
}
