// The agent console as an agent uses it: by roles and words on the screen.

import { expect } from "@playwright/test";

/** @typedef {import("@playwright/test").Page} Page */
/** @typedef {import("@playwright/test").Browser} Browser */

/**
 * Scrolls on by less than the part of a list that is on the screen, and from its end to its beginning.
 * @param {Element} list
 */
const scrollOn = ({ parentElement: part }) => {
  if (!part) return;
  const isAtEnd = part.scrollTop + part.clientHeight > part.scrollHeight - 2;
  part.scrollTo(0, isAtEnd ? 0 : part.scrollTop + part.clientHeight * 0.8);
};

/** An agent at work. */
export class Desk {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.log = page.getByRole("log");
    this.box = page.getByRole("textbox", { name: /message|reply/i });
  }

  /**
   * A titled part of the conversation summary.
   * @param {string} title
   */
  summary(title) {
    return this.page.getByRole("region", { name: title, exact: true });
  }

  /**
   * A conversation in the inbox.
   * @param {string} conversation
   */
  listed(conversation) {
    return this.page.locator(`a[href*="/agent/${conversation}"]`);
  }

  /**
   * Signs in at the console and opens the inbox.
   * @param {Browser} browser
   * @param {string} server
   * @param {{ email: string, password: string }} who
   */
  static async signIn(browser, server, { email, password }) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.goto(`${server}/agent`);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("button", { name: /^Signed in as/ })).toBeVisible();
    return new Desk(page);
  }

  /**
   * Scrolls the inbox to a conversation, wherever it stands in line: what is not on the screen is not drawn.
   * @param {string} conversation
   */
  async find(conversation) {
    const row = this.listed(conversation);
    const list = this.page.locator("ul:has(> li[aria-posinset])");
    await expect(async () => {
      if ((await row.count()) === 0 && (await list.count()) === 1) await list.evaluate(scrollOn);
      await expect(row).toHaveCount(1, { timeout: 100 });
    }).toPass({ timeout: 60_000, intervals: [0] });
    await row.scrollIntoViewIfNeeded();
    return row;
  }

  /**
   * Opens a conversation of the inbox.
   * @param {string} conversation
   */
  async pick(conversation) {
    await (await this.find(conversation)).click();
    await expect(this.page).toHaveURL(new RegExp(`/agent/${conversation}`));
    await expect(this.summary("Authentication")).toBeVisible();
  }

  async accept() {
    await this.page.getByRole("button", { name: "Accept", exact: true }).click();
    await expect(this.box).toBeEnabled();
  }

  /** @param {string} text */
  async send(text) {
    await this.box.fill(text);
    await this.box.press("Enter");
    await expect(this.log.getByText(text, { exact: true })).toBeVisible();
  }

  close() {
    return this.page.context().close();
  }
}
