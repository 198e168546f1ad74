// A visitor who waits where nobody is there: they are told so, what they write is kept, and they have a place as soon as somebody
// comes.

import { agentAtWork } from "../product/agents.mjs";
import { Chat } from "../product/chat.mjs";
import { expect, prepare, test } from "./fixtures";
import { open, part } from "./looks";

test("a visitor is told that nobody is there, until somebody is", async ({ page, browser, website }) => {
  const product = await prepare();
  const { server, admin, workStream } = product;
  try {
    const { widget } = await website.record(admin, { workStream, setting: null });
    const loaded: string[] = [];
    page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
    await page.goto(website.page({ server: server.url, widget }));
    const chat = new Chat(page);
    await open(chat);
    await chat.hears("started");
    const nobody = part(chat, "nobody");
    await expect(nobody).toHaveText("Nobody is here at the moment. Leave a message: it will be read.");
    await expect(part(chat, "status")).toHaveText("Waiting for an agent");
    await expect(part(chat, "note")).toBeEmpty();
    await chat.send("Please call me back.");

    const ana = await agentAtWork(browser, product, "Ana Agent");
    await expect(part(chat, "note")).toHaveText("You are next in line");
    await expect(nobody).toBeEmpty();
    await ana.close();
    // A page that is loaded anew is no absence, so this takes some seconds.
    await expect(nobody).not.toBeEmpty({ timeout: 20_000 });
    await expect(part(chat, "note")).toBeEmpty();

    // Whoever comes to a queue that is served loads nothing of it.
    const ben = await agentAtWork(browser, product, "Ben Agent");
    await expect(part(chat, "note")).toHaveText("You are next in line");
    const context = await browser.newContext();
    const second = await context.newPage();
    second.on("request", (request) => loaded.push(`second ${new URL(request.url()).pathname}`));
    await second.goto(website.page({ server: server.url, widget }));
    await second.getByRole("button", { name: "Open chat" }).click();
    await expect(second.getByText("You are number 2 in line", { exact: true })).toBeVisible();
    expect(loaded.filter((path) => path.includes("/nobody-")).map((path) => path.split(" ").length)).toEqual([1]);
    await context.close();

    // What was written is there for whoever comes, also when its visitor left.
    await page.bringToFront();
    await chat.element.getByRole("button", { name: "End chat" }).click();
    await part(chat, "confirm").getByRole("button", { name: "End chat" }).click();
    await chat.hears("ended");
    await ben.page.getByRole("tab", { name: "Unanswered" }).click();
    await expect(ben.page.getByRole("link").filter({ hasText: "Please call me back." })).toBeVisible();
    await ben.close();
  } finally {
    await server.close();
  }
});
