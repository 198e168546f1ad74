// The search over all conversations: by words, person, state and days; its address is the search.

import { Waiting, agentAtWork, ownLine } from "../product/agents.mjs";
import { Chat } from "../product/chat.mjs";
import { showDesk } from "./desk-looks";
import { bert, expect, prepare, test } from "./fixtures";

test("an agent finds conversations, and sends a colleague the search", async ({ page, browser, website }) => {
  const product = await prepare();
  const { server, admin, workStream } = product;
  try {
    const { widget, queue } = await ownLine(admin, "Sales");
    const parcel = await Waiting.start(server.url, widget);
    await parcel.say("Where is my parcel from Köln? It was to be here on Monday.");
    const refund = await Waiting.start(server.url, widget);
    await refund.say("I want a refund for the parcel.");
    await refund.leave();
    website.visitor = bert;
    const recorded = await website.record(admin, { workStream });
    await page.goto(website.page({ server: server.url, widget: recorded.widget }));
    const chat = new Chat(page);
    await chat.open();
    const { conversation: signedIn } = await chat.hears("started");
    await chat.send("It is about my basket.");

    const ana = await agentAtWork(browser, product, "Ana Agent");
    const ben = await agentAtWork(browser, product, "Ben Agent");
    const found = ana.page.getByRole("list", { name: "Conversations found" }).getByRole("listitem");
    const status = ana.page.getByRole("status").filter({ hasText: /found/ });

    await test.step("all there is, the latest first", async () => {
      await ana.page.getByRole("link", { name: "Search all conversations" }).click();
      await expect(found).toHaveCount(3);
      await expect(found.first()).toContainText("Bert Hair");
      await expect(status).toHaveText("3 conversations found.");
      await showDesk(ana.page, "search");
    });

    await test.step("by words in a message, which are marked", async () => {
      await ana.page.getByLabel("Words in a message").fill("PARCEL köln");
      await ana.page.getByLabel("Words in a message").press("Enter");
      await expect(found).toHaveCount(1);
      await expect(found.locator("mark")).toHaveText(["parcel", "Köln"]);
      await expect(ana.page).toHaveURL(/\/agent\/search\?text=PARCEL\+k/);
      await showDesk(ana.page, "search-words");
    });

    await test.step("the address is the search, also for somebody else and after a reload", async () => {
      await ana.page.reload();
      await expect(found).toHaveCount(1);
      await expect(ana.page.getByLabel("Words in a message")).toHaveValue("PARCEL köln");
      await ben.page.goto(ana.page.url());
      await expect(ben.page.getByRole("list", { name: "Conversations found" }).getByRole("listitem")).toHaveCount(1);
    });

    await test.step("by state, queue and person; a choice is searched at once", async () => {
      await ana.page.getByRole("button", { name: "Clear all" }).click();
      await expect(found).toHaveCount(3);
      await ana.page.getByLabel("State").focus();
      await ana.page.getByLabel("State").selectOption("Unanswered");
      await expect(found).toHaveCount(1);
      await expect(ana.page.getByLabel("State"), "the keyboard stays where it was").toBeFocused();
      await expect(found).toContainText("ended unanswered");
      await ana.page.getByLabel("Queue").selectOption(queue.name);
      await expect(ana.page).toHaveURL(new RegExp(`queue=${queue.id}&state=unanswered`));
      await ana.page.getByRole("button", { name: "Clear all" }).click();
      await expect(found).toHaveCount(3);
      await ana.page.getByLabel("Person: name, e-mail or verified subject").fill("hair");
      await ana.page.getByRole("button", { name: "Search", exact: true }).click();
      await expect(found).toHaveCount(1);
      await expect(found).toContainText("Bert Hair");
    });

    await test.step("what is found is opened, and the way back leads to the search", async () => {
      await found.getByRole("link").click();
      await expect(ana.page).toHaveURL(new RegExp(`/agent/${signedIn}$`));
      await expect(ana.summary("Authentication")).toBeVisible();
      await ana.page.goBack();
      await expect(found).toHaveCount(1);
      await expect(ana.page.getByLabel("Person: name, e-mail or verified subject")).toHaveValue("hair");
    });

    await test.step("what a colleague has is not found by others", async () => {
      await ben.page.goto(`${server.url}/agent/${parcel.id}`);
      await ben.accept();
      await ana.page.goto(`${server.url}/agent/search?text=köln`);
      await expect(ana.page.getByRole("heading", { name: "Nothing found" })).toBeVisible();
      await showDesk(ana.page, "search-nothing");
    });

    await test.step("days are those of the reader, and end where they end", async () => {
      const today = await ana.page.evaluate(() => {
        const now = new Date();
        return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
      });
      await ana.page.goto(`${server.url}/agent/search?from=${today}&to=${today}`);
      await expect(found).toHaveCount(2);
      await ana.page.goto(`${server.url}/agent/search?to=2020-01-31`);
      await expect(ana.page.getByRole("heading", { name: "Nothing found" })).toBeVisible();
      await ana.page.goto(`${server.url}/agent/search?from=2020-01-31&to=2020-01-30`);
      await expect(ana.page.getByText("to must be after from", { exact: false }).first()).toBeVisible();
      await showDesk(ana.page, "search-refused");
    });

    await test.step("without the server it says so, and can be tried again", async () => {
      await ana.page.route("**/api/v1/agent/search*", (route) => route.abort());
      await ana.page.getByLabel("State").selectOption("Active");
      await expect(ana.page.getByText("Nothing was searched")).toBeVisible({ timeout: 30_000 });
      await ana.page.unroute("**/api/v1/agent/search*");
    });

    await test.step("by the keyboard from the inbox", async () => {
      await ana.page.goto(`${server.url}/agent`);
      await expect(ana.page.getByRole("tab", { name: /^Waiting/ })).toBeVisible();
      await ana.page.keyboard.press("s");
      await expect(ana.page).toHaveURL(`${server.url}/agent/search`);
      await expect(ana.page.getByRole("heading", { name: "Search" })).toBeVisible();
    });
    await Promise.all([ana.close(), ben.close()]);
  } finally {
    await server.close();
  }
});
