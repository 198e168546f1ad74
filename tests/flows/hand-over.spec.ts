// A conversation goes from one colleague to another before the eyes of its visitor: offered and accepted, declined, given back,
// put into a queue.

import { agentAtWork } from "../product/agents.mjs";
import type { Desk } from "../product/desk.mjs";
import { showDesk } from "./desk-looks";
import { bert, expect, test } from "./fixtures";

/** As the visitor reads it: marks that nobody sees keep the name apart from the words around it. */
const chattingWith = (name: string) => new RegExp(`You are chatting with .?${name}`);

/** Opens the dialog and fills it; the colleague or queue by the beginning of what the list says. */
async function fillHandOver({ page }: Desk, to: string, note = ""): Promise<void> {
  await page.getByRole("button", { name: "Hand over", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Hand this conversation over" });
  const option = dialog.getByRole("option", { name: to });
  await expect(option).toBeEnabled();
  await dialog.getByLabel("To").selectOption((await option.getAttribute("value")) ?? "");
  await dialog.getByLabel("Note, only for colleagues").fill(note);
}

const sendHandOver = ({ page }: Desk) => page.getByRole("dialog").getByRole("button", { name: "Hand over", exact: true }).click();

test("a colleague is asked, accepts, and gives it back", async ({ browser, product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit({ isAlone: true });
  await chat.open();
  const { conversation } = await chat.hears("started");
  await chat.send("Where is my parcel?");
  const ana = await agentAtWork(browser, product, "Ana Asker");
  const ben = await agentAtWork(browser, product, "Ben Bearer");
  await ana.pick(conversation);
  await ana.accept();
  await expect(chat.panel).toContainText(chattingWith("Ana Asker"));
  await expect(ben.listed(conversation)).toHaveCount(0);

  await test.step("Ana asks Ben, by a key, and the focus comes back", async () => {
    await ana.page.getByRole("heading", { level: 1, name: "Inbox" }).click();
    await ana.page.keyboard.press("h");
    const dialog = ana.page.getByRole("dialog");
    await expect(dialog.getByLabel("To")).toBeEnabled();
    await dialog.getByRole("button", { name: "Hand over", exact: true }).click();
    await expect(dialog.getByText("Choose who goes on with it.")).toBeVisible();
    await ana.page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await fillHandOver(ana, "Ben Bearer (here, 0 chats)", "He knows the courier.");
    await expect(ana.page.getByText("A colleague is asked first.")).toBeVisible();
    await showDesk(ana.page, "hand-over");
    await ana.page.keyboard.press("Escape");
    await expect(ana.page.getByRole("button", { name: "Hand over", exact: true })).toBeFocused();
    await fillHandOver(ana, "Ben Bearer (here, 0 chats)", "He knows the courier.");
    await sendHandOver(ana);
    await expect(ana.page.getByText("Offered to Ben Bearer", { exact: true })).toBeVisible();
    await expect(ana.log.getByRole("note")).toContainText("He knows the courier.");
    await expect(ana.log.getByText("Ana Asker offered this to Ben Bearer")).toBeVisible();
    await showDesk(ana.page, "offer-made");
  });

  await test.step("it stands above Ben's lists, and counts", async () => {
    const offered = ben.page.getByRole("region", { name: "Offered to you" });
    await expect(offered).toContainText("Offered by Ana Asker: “He knows the courier.”");
    await expect(ben.page).toHaveTitle(/^\(\d+\+?\) /);
    await showDesk(ben.page, "offered");
    await ben.page.getByRole("heading", { level: 1, name: "Inbox" }).click();
    await ben.page.keyboard.press("o");
    await expect(ben.page).toHaveURL(new RegExp(`/agent/${conversation}`));
    await expect(ben.page.getByText("Ana Asker offers you this conversation")).toBeVisible();
    await showDesk(ben.page, "offer-open");
  });

  await test.step("Ben declines, and Ana sees it; asked again he accepts", async () => {
    const pane = ben.page.getByRole("region", { name: "Conversation", exact: true });
    await pane.getByRole("button", { name: "Decline", exact: true }).click();
    await expect(ana.log.getByText("Ben Bearer declined")).toBeVisible();
    await expect(ben.page.getByRole("region", { name: "Offered to you" })).toHaveCount(0);
    await fillHandOver(ana, "Ben Bearer (here, 0 chats)");
    await sendHandOver(ana);
    await ana.box.fill("half a sen");
    await ben.page.getByRole("region", { name: "Offered to you" }).getByRole("button", { name: /^Accept: / }).click();
    await expect(ana.page.getByText(/^Ben Bearer has the chat with .* now$/).last()).toBeVisible();
    await expect(ben.box).toBeEditable();
    await expect(ben.log.getByText("Ana Asker handed this to Ben Bearer")).toBeVisible();
  });

  await test.step("the visitor sees who goes on, and Ana who has it and what she was writing", async () => {
    await expect(chat.panel).toContainText(chattingWith("Ben Bearer"));
    await ben.send("It is with the courier.");
    await expect(chat.log.getByText("It is with the courier.")).toBeVisible();
    await expect(ana.page.getByText("Ben Bearer has this conversation.")).toBeVisible();
    await expect(ana.page.getByText("half a sen")).toBeVisible();
    await showDesk(ana.page, "handed-over");
  });

  await test.step("Ben gives it back", async () => {
    await fillHandOver(ben, "Back to Ana Asker");
    await sendHandOver(ben);
    await expect(ben.page.getByText("Offered to Ana Asker", { exact: true })).toBeVisible();
    await ben.page.getByRole("button", { name: "Withdraw" }).click();
    await expect(ben.log.getByText("Ben Bearer took the offer back")).toBeVisible();
    await fillHandOver(ben, "Back to Ana Asker");
    await sendHandOver(ben);
    await ana.page.getByRole("region", { name: "Offered to you" }).getByRole("button", { name: /^Accept: / }).click();
    await expect(ana.box).toHaveValue("half a sen");
    await expect(ana.box).toBeEditable();
    await expect(chat.panel).toContainText(chattingWith("Ana Asker"));
  });
  await ana.close();
  await ben.close();
});

test("a conversation is put into a queue, where a colleague finds its history", async ({ browser, product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit({ isAlone: true });
  await chat.open();
  const { conversation } = await chat.hears("started");
  await chat.send("I want my money back.");
  const ana = await agentAtWork(browser, product, "Ada Queuer");
  const ben = await agentAtWork(browser, product, "Bo Taker");
  const name = `Refunds ${crypto.randomUUID().slice(0, 8)}`;
  await product.admin.create("/admin/queues", { name, members: [ben.who.id] });
  await ana.pick(conversation);
  await ana.accept();
  await fillHandOver(ana, `${name} (1 here)`, "He has the receipt.");
  await sendHandOver(ana);
  await expect(chat.panel).toContainText("You are next in line");
  await expect(ana.page.getByRole("heading", { name: "You do not have this conversation any more" })).toBeVisible();
  // Others may be back in line before it, more than are drawn.
  await expect(await ben.find(conversation)).toContainText(name);
  await expect(ben.listed(conversation)).toContainText("back in line");
  await ben.pick(conversation);
  await expect(ben.log).toContainText("I want my money back.");
  await expect(ben.log.getByText(`Ada Queuer handed this to the queue ${name}`)).toBeVisible();
  await expect(ben.log.getByRole("note")).toContainText("He has the receipt.");
  await showDesk(ben.page, "requeued");
  await ben.accept();
  await expect(chat.panel).toContainText(chattingWith("Bo Taker"));
  // Ada does not serve it: it goes back to the queue that it came from.
  await fillHandOver(ben, "Back to Ada Queuer");
  await sendHandOver(ben);
  await expect(await ana.find(conversation)).toContainText("back in line");
  await ana.close();
  await ben.close();
});
