// A supervisor sees every conversation of every queue: reads, joins beside its agent, takes over, assigns.

import { agentAtWork } from "../product/agents.mjs";
import { administrator } from "../product/server.mjs";
import { Desk } from "../product/desk.mjs";
import { showDesk } from "./desk-looks";
import { bert, expect, test } from "./fixtures";

/** As the visitor reads it: marks that nobody sees keep the name apart from the words around it. */
const chattingWith = (name: string) => new RegExp(`You are chatting with .?${name}`);

test("a supervisor joins, takes over and assigns what others have", async ({ browser, product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit({ isAlone: true });
  await chat.open();
  const { conversation } = await chat.hears("started");
  await chat.send("I want to speak to your boss.");
  const ana = await agentAtWork(browser, product, "Ana Owner");
  await ana.pick(conversation);
  await ana.accept();
  const sue = await agentAtWork(browser, product, "Sue Super", "supervisor");
  const { page } = sue;

  await test.step("all conversations stand in a list, with who has each", async () => {
    await page.getByRole("tab", { name: "All" }).click();
    await expect(await sue.find(conversation)).toContainText("with Ana Owner");
    await showDesk(page, "supervisor-all");
    await expect(ana.page.getByRole("tab", { name: "All" })).toHaveCount(0);
  });

  await test.step("she reads before she does anything", async () => {
    await (await sue.find(conversation)).click();
    await expect(sue.log).toContainText("I want to speak to your boss.");
    await expect(sue.box).toHaveCount(0);
    await expect(page.getByText("Ana Owner has this conversation.")).toBeVisible();
    await showDesk(page, "supervisor-reads");
  });

  await test.step("she joins: the visitor sees her name, Ana keeps it", async () => {
    await page.getByRole("button", { name: "Join", exact: true }).click();
    await expect(ana.log.getByText("Sue Super joined")).toBeVisible();
    await sue.send("I am the boss.");
    await expect(chat.log.getByText("I am the boss.")).toBeVisible();
    await expect(chat.log.getByText("Sue Super")).toBeVisible();
    await expect(chat.panel).toContainText(chattingWith("Ana Owner"));
    await expect(ana.log.getByText("I am the boss.")).toBeVisible();
    await ana.send("And I am with you still.");
    await showDesk(page, "supervisor-joined");
    await page.getByRole("button", { name: "Leave", exact: true }).click();
    await expect(ana.log.getByText("Sue Super left")).toBeVisible();
    await expect(sue.box).toHaveCount(0);
  });

  await test.step("she takes over: Ana is told by whom and keeps what she was writing", async () => {
    await ana.box.fill("half a sen");
    await page.getByRole("button", { name: "Take over", exact: true }).click();
    await expect(sue.box).toBeEditable();
    await expect(chat.panel).toContainText(chattingWith("Sue Super"));
    await expect(ana.page.getByText("Sue Super has this conversation.")).toBeVisible();
    await expect(ana.page.getByText("half a sen")).toBeVisible();
    await expect(sue.log.getByText("Sue Super took this over from Ana Owner")).toBeVisible();
    await showDesk(ana.page, "taken-over");
  });

  await test.step("a colleague with the role assigns it back to Ana", async () => {
    const tom = await agentAtWork(browser, product, "Tom Super", "supervisor");
    await tom.page.goto(`${product.server.url}/agent/${conversation}?tab=all`);
    await tom.page.getByRole("button", { name: "Assign", exact: true }).click();
    const dialog = tom.page.getByRole("dialog", { name: "Assign this conversation" });
    const option = dialog.getByRole("option", { name: "Ana Owner (here, 0 chats)" });
    await expect(option).toBeEnabled();
    await dialog.getByLabel("To").selectOption((await option.getAttribute("value")) ?? "");
    await showDesk(tom.page, "assign");
    await dialog.getByRole("button", { name: "Assign to them" }).click();
    await expect(ana.box).toHaveValue("half a sen");
    await expect(ana.box).toBeEditable();
    await expect(chat.panel).toContainText(chattingWith("Ana Owner"));
    await expect(page.getByRole("alert")).toContainText("Ana Owner has it now.");
    await expect(ana.log.getByText("Tom Super assigned this to Ana Owner")).toBeVisible();
    await tom.close();
  });
  await ana.close();
  await sue.close();
});

test("an administrator gives the role, and has no more sight for it", async ({ browser, product }) => {
  const desk = await Desk.signIn(browser, product.server.url, administrator);
  const { page } = desk;
  await expect(page.getByRole("tab", { name: "Waiting" })).toBeVisible();
  await expect(page.getByRole("tab", { name: "All" })).toHaveCount(0);
  await page.goto(`${product.server.url}/admin/operators/new`);
  await page.getByLabel("Name").fill("Una Super");
  await page.getByLabel("E-mail").fill(`${crypto.randomUUID()}@example.com`);
  await page.getByRole("radio", { name: /^Supervisor:/ }).check();
  await page.getByRole("button", { name: "Generate" }).click();
  await showDesk(page, "supervisor-role");
  await page.getByRole("button", { name: "Add operator" }).click();
  await expect(page.getByText("Added Una Super").first()).toBeVisible();
  await expect(page.getByRole("row", { name: /Una Super/ })).toContainText("Supervisor");
  await desk.close();
});
