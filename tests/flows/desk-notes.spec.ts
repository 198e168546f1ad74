// Notes for colleagues: in the conversation's flow for agents, nowhere for the visitor.

import { Desk } from "../product/desk.mjs";
import { administrator } from "../product/server.mjs";
import { showDesk } from "./desk-looks";
import { bert, expect, test } from "./fixtures";

test("a note stands in the flow for every agent who sees the chat, and the visitor never gets it", async ({ page, browser, product, website, visit }) => {
  website.visitor = bert;
  /** Everything the visitor's browser was sent. */
  const received: string[] = [];
  page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => received.push(payload.toString())));
  page.on("response", async (response) => {
    if (response.url().includes("/api/v1/")) received.push(await response.text().catch(() => ""));
  });
  const chat = await visit();
  await chat.open();
  const { conversation } = await chat.hears("started");
  await chat.send("Where is my parcel?");

  const desk = await Desk.signIn(browser, product.server.url, administrator);
  const colleague = await Desk.signIn(browser, product.server.url, administrator);
  await desk.pick(conversation);
  await colleague.pick(conversation);
  const notes = desk.log.getByRole("note");

  await test.step("before it is accepted", async () => {
    await desk.page.getByRole("button", { name: "Note for colleagues" }).click();
    const box = desk.page.getByRole("textbox", { name: "Note, only for colleagues" });
    await expect(box).toBeFocused();
    await box.fill("He called this morning, too.");
    await showDesk(desk.page, "note-written");
    await box.press("Enter");
    await expect(notes).toHaveCount(1);
    await expect(notes).toContainText("Note, only for colleagues");
    await expect(notes).toContainText("He called this morning, too.");
    // The keyboard is where it was.
    await expect(desk.page.getByRole("button", { name: "Note for colleagues" })).toBeFocused();
    await expect(colleague.log.getByRole("note"), "live").toContainText("He called this morning, too.");
  });

  await test.step("between the messages", async () => {
    await desk.accept();
    await desk.send("I am looking.");
    await expect(chat.log.getByText("I am looking.")).toBeVisible();
    await desk.page.getByRole("button", { name: "Note for colleagues" }).click();
    await desk.page.getByRole("textbox", { name: "Note, only for colleagues" }).fill("Parcel is in Ghent.\nSee https://example.com/p/1");
    await desk.page.getByRole("button", { name: "Save note" }).click();
    await expect(notes).toHaveCount(2);
    await desk.send("It is on its way.");
    await expect(chat.log.getByText("It is on its way.")).toBeVisible();
    await showDesk(desk.page, "notes-in-the-flow");
    await desk.page.reload();
    await expect(notes).toHaveCount(2);
    const [first = 0, second = 0, third = 0] = await Promise.all(
      ["I am looking.", "Parcel is in Ghent.", "It is on its way."].map(async (text) => (await desk.log.getByText(text).boundingBox())?.y ?? 0),
    );
    expect(first).toBeLessThan(second);
    expect(second).toBeLessThan(third);
  });

  await test.step("the visitor has none of it", async () => {
    await page.reload();
    await expect(chat.log.getByText("It is on its way.")).toBeVisible();
    await expect(chat.log.getByText("He called")).toHaveCount(0);
    expect(received.length).toBeGreaterThan(5);
    for (const text of received) {
      expect(text).not.toContain("He called");
      expect(text).not.toContain("Ghent");
    }
  });
  await colleague.close();
  await desk.close();
});
