// Closing with a reason and a note: recorded by an administrator, chosen by an agent, seen with closed chats, never by a visitor.

import { Chat } from "../product/chat.mjs";
import { Desk } from "../product/desk.mjs";
import { administrator } from "../product/server.mjs";
import { showDesk } from "./desk-looks";
import { bert, expect, prepare, test } from "./fixtures";

test("an agent says why a chat ended", async ({ page, browser, website }) => {
  const { server, admin, workStream } = await prepare();
  try {
    const desk = await Desk.signIn(browser, server.url, administrator);
    const console_ = desk.page;

    await test.step("an administrator records the reasons", async () => {
      await console_.goto(`${server.url}/admin/work-streams/${workStream}`);
      await console_.getByLabel("Closing reasons").fill("Solved\nNo answer\nsolved");
      await console_.getByLabel("Agents may leave it out").check();
      await console_.getByRole("button", { name: "Save" }).click();
      await expect(console_.getByRole("alert").filter({ hasText: "solved is there twice" }).last()).toBeVisible();
      await console_.getByLabel("Closing reasons").fill("Solved\nNo answer");
      await console_.getByRole("button", { name: "Save" }).click();
      await expect(console_.getByText("Saved").last()).toBeVisible();
      await console_.getByLabel("Closing reasons").scrollIntoViewIfNeeded();
      await showDesk(console_, "closing-reasons");
    });

    website.visitor = bert;
    const { widget } = await website.record(admin, { workStream });
    await page.goto(website.page({ server: server.url, widget }));
    const chat = new Chat(page);
    await chat.open();
    const { conversation } = await chat.hears("started");
    await chat.send("Thank you, that was it.");
    await console_.goto(`${server.url}/agent`);
    await desk.pick(conversation);
    await desk.accept();

    await test.step("without a reason it stays open", async () => {
      await console_.getByRole("button", { name: "Close", exact: true }).click();
      await console_.getByRole("button", { name: "Close conversation" }).click();
      await expect(console_.getByText("Choose why the conversation ended.")).toBeVisible();
      await showDesk(console_, "close-with-reason");
    });

    await test.step("with a reason and a note it is closed", async () => {
      await console_.getByLabel("Reason").selectOption("Solved");
      await console_.getByRole("dialog").getByLabel("Note, only for colleagues").fill("A patient man.");
      await console_.getByRole("button", { name: "Close conversation" }).click();
      await expect(desk.log.getByText("Ada Admin closed the conversation: Solved")).toBeVisible();
      await expect(desk.log.getByRole("note")).toContainText("A patient man.");
      await expect(console_.getByRole("banner").or(console_.locator("header")).getByText("Solved").last()).toBeVisible();
    });

    await test.step("it is seen with the closed chats, and the visitor learns only that it is over", async () => {
      await console_.goto(`${server.url}/agent?tab=closed`);
      await expect(desk.listed(conversation)).toContainText("Solved");
      await showDesk(console_, "closed-with-reason");
      await chat.hears("ended");
      await expect(chat.element.getByText("Solved")).toHaveCount(0);
      await expect(chat.element.getByText("A patient man.")).toHaveCount(0);
    });

    await test.step("a chat that its visitor ended gets its reason afterwards", async () => {
      const again = await browser.newPage();
      await again.goto(website.page({ server: server.url, widget, path: "/again" }));
      const second = new Chat(again);
      await second.open();
      await second.send("One more thing");
      const listed = async () => (await admin.read("/agent/conversations")).items[0]?.id;
      await expect.poll(listed).toBeTruthy();
      const other = await listed();
      await console_.goto(`${server.url}/agent`);
      await desk.pick(other);
      await desk.accept();
      await again.evaluate(() => (document.querySelector("bonafide-chat") as unknown as { end(): Promise<void> }).end());
      await console_.getByRole("button", { name: "Add a reason" }).click();
      await console_.getByLabel("Reason").selectOption("No answer");
      await console_.getByRole("button", { name: "Save" }).click();
      // Behind the dialog nothing has a role: first it has to be gone.
      await expect(console_.getByRole("dialog")).toHaveCount(0);
      await expect(console_.getByRole("button", { name: "Add a reason" })).toHaveCount(0);
      expect((await admin.read(`/agent/conversations/${other}/summary`)).closing.reason).toBe("No answer");
      await again.close();
    });
    await desk.close();
  } finally {
    await server.close();
  }
});
