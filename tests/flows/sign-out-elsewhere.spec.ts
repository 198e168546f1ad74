// A visitor signs out on a page that never opened the chat, or where the server cannot be told: it is told all the same, and
// nothing of the session is left.

import type { Page } from "@playwright/test";

import { Chat, recordEvents } from "../product/chat.mjs";
import { bert, expect, test } from "./fixtures";

const isOver = (page: Page, server: string, conversation: string, secret: string) =>
  page.evaluate(
    async ([url, bearer]) => (await fetch(url ?? "", { headers: { authorization: `Bearer ${bearer}` } })).status === 401,
    [`${server}/api/v1/conversations/${conversation}/messages`, secret],
  );

/** What the tab keeps of its session. */
const kept = (page: Page): Promise<string> =>
  page.evaluate(() => Object.entries(sessionStorage).find(([name]) => /^bonafide:wgt_[^:]+$/.test(name))?.[1] ?? "");

/** What the site keeps for all its pages. */
const known = (page: Page): Promise<string[]> => page.evaluate(() => Object.entries(localStorage).filter(([name]) => name.startsWith("bonafide:")).map(([, value]) => value));

for (const gone of ["another page of the site", "the browser's history", "nothing: the tab is closed"]) {
  test(`signed out in a tab that never opened the chat, while the one that did is at ${gone}`, async ({ context, page, product, website, visit }) => {
    website.visitor = bert;
    const chat = await visit();
    const address = page.url();
    await chat.open();
    const { conversation } = await chat.hears("started");
    await chat.send("hello");
    const stored = await kept(page);
    const { secret } = JSON.parse(stored).session;
    // What all pages of the site can read opens nothing.
    const [key] = await known(page);
    expect(key).toContain("vr_");
    expect(key).not.toContain(secret);
    const other = await context.newPage();
    await recordEvents(other);
    if (gone.startsWith("nothing")) await page.close();
    else await page.goto(new URL(gone.startsWith("another") ? "/no-chat-here" : "about:blank", address).href);
    await other.goto(address);
    const otherChat = new Chat(other);
    await expect(otherChat.launcher).toBeVisible();
    await other.evaluate(() => (document.querySelector("bonafide-chat") as HTMLElement & { signOut(): Promise<void> }).signOut());
    expect(await isOver(other, product.server.url, conversation, secret)).toBe(true);
    expect(await known(other)).toEqual([]);
    if (gone.startsWith("nothing")) return;
    // Back on the page: nothing is shown, and nothing is left.
    if (gone.startsWith("another")) await page.goto(address);
    else await page.goBack();
    await expect(chat.element.getByRole("button").first()).toBeVisible();
    // The panel is open as it was, and a chat of its own may have begun in it.
    await expect.poll(() => kept(page)).not.toContain(conversation);
    await expect(chat.log.getByText("hello")).toHaveCount(0);
  });
}

test("signed out without a network: the page is told the truth, and the next page tells the server", async ({ context, page, product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit();
  await chat.open();
  const { conversation } = await chat.hears("started");
  const { secret } = JSON.parse(await kept(page)).session;
  // So that the next page opens no chat by itself.
  await chat.panel.getByRole("button", { name: "Close chat window" }).click();
  await page.route("**/session", (route) => route.abort());
  const code = await page.evaluate(() =>
    (document.querySelector("bonafide-chat") as HTMLElement & { signOut(): Promise<void> }).signOut().then(
      () => "resolved",
      (error) => error.code,
    ),
  );
  expect(code).toBe("network-unreachable");
  expect(await kept(page)).toBe("");
  expect((await known(page))[0]).toMatch(/^-/);
  expect(await isOver(page, product.server.url, conversation, secret)).toBe(false);
  // Before the timer's turn comes, the visitor is at another page. It opens no chat.
  await page.unroute("**/session");
  await page.goto(page.url());
  await expect.poll(() => isOver(page, product.server.url, conversation, secret)).toBe(true);
  await expect.poll(() => known(page)).toEqual([]);
  await expect(chat.panel).toBeHidden();
  expect(context.pages()).toHaveLength(1);
});
