// A visitor's chat, worked by WebDriver: finds things in the element's shadow tree, clicks and types as a person does.

import { Key } from "selenium-webdriver";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */
/** @typedef {import("selenium-webdriver").WebElement} WebElement */

/** How long something may take to appear, in milliseconds. */
const PATIENCE_MS = 20_000;

/** The chat of the page that a browser shows. */
export class VisitorsChat {
  /** @param {WebDriver} driver */
  constructor(driver) {
    this.driver = driver;
  }

  /**
   * Waits until a script gives something, and gives that.
   * @template T
   * @param {string} what for the failure
   * @param {() => Promise<T | null | undefined | false>} look
   * @param {number} [patience] in milliseconds
   * @returns {Promise<T>}
   */
  async until(what, look, patience = PATIENCE_MS) {
    const found = await this.driver.wait(async () => (await look()) || null, patience, `${what}: not within ${patience / 1000} s`);
    return /** @type {T} */ (found);
  }

  /**
   * Something visible in the chat.
   * @param {string} selector
   * @returns {Promise<WebElement>}
   */
  find(selector) {
    return this.until(`${selector} is shown`, () =>
      this.driver.executeScript(
        `const found = document.querySelector("bonafide-chat")?.shadowRoot?.querySelector(arguments[0]);
         return found?.checkVisibility() ? found : null;`,
        selector,
      ),
    );
  }

  async open() {
    await (await this.find(".launcher")).click();
    await this.find("dialog[open]");
  }

  /** @param {string} text */
  async send(text) {
    await (await this.find("textarea")).sendKeys(text, Key.ENTER);
    await this.shows(text);
  }

  /** The messages on the screen. @returns {Promise<string[]>} */
  texts() {
    return this.driver.executeScript(`
      const bubbles = document.querySelector("bonafide-chat")?.shadowRoot?.querySelectorAll("[role=log] .bubble") ?? [];
      return [...bubbles].map((bubble) => bubble.textContent);`);
  }

  /**
   * Waits until a message is on the screen.
   * @param {string} text
   */
  async shows(text) {
    await this.until(`the message ${JSON.stringify(text)}`, async () => (await this.texts()).includes(text));
  }

  /**
   * What the page has heard, of one type.
   * @param {string} type
   * @returns {Promise<any[]>}
   */
  heard(type) {
    return this.driver.executeScript(
      "return (globalThis.heardFromChats ?? []).filter((event) => event.type === arguments[0]).map((event) => event.detail)",
      type,
    );
  }

  /**
   * Waits for the first event of a type, and gives its detail.
   * @param {string} type
   */
  async hears(type) {
    const [first] = await this.until(`the event ${type}`, async () => {
      const events = await this.heard(type);
      return events.length > 0 && events;
    });
    return first;
  }
}
