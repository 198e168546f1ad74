// A conversation to take away: as a file of each kind, and on paper.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { Desk } from "../product/desk.mjs";
import { administrator } from "../product/server.mjs";
import { showDesk } from "./desk-looks";
import { bert, expect, test } from "./fixtures";

const screens = fileURLToPath(new URL("../../test-results/screens/", import.meta.url));

test("an agent downloads a chat and prints it", async ({ browser, product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit();
  await chat.open();
  const { conversation } = await chat.hears("started");
  await chat.send("Where is my parcel?");
  const desk = await Desk.signIn(browser, product.server.url, administrator);
  const console_ = desk.page;
  await desk.pick(conversation);
  await desk.accept();
  await desk.send("In Ghent.");
  await product.admin.create(`/agent/conversations/${conversation}/notes`, { clientId: "n", text: "He is impatient." });
  await expect(desk.log.getByRole("note")).toBeVisible();

  /** Downloads one of the menu's files. */
  const download = async (name: string) => {
    await console_.getByRole("button", { name: "Transcript" }).click();
    const coming = console_.waitForEvent("download");
    await console_.getByRole("menuitem", { name, exact: true }).click();
    const file = await coming;
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
  };

  await test.step("as a text", async () => {
    await console_.getByRole("button", { name: "Transcript" }).click();
    await expect(console_.getByRole("menuitem", { name: "Print" })).toBeVisible();
    await showDesk(console_, "transcript-menu");
    await console_.keyboard.press("Escape");
    const { name, text } = await download("Text");
    expect(name).toMatch(/^conversation-\d{4}-\d\d-\d\d-cnv_[0-9a-f]+\.txt$/);
    expect(text).toContain("Visitor: Bert Hair\nAuthenticated: Yes\n");
    expect(text).toContain("Times: UTC (+00:00)\n");
    expect(text).toMatch(/^\[[\d-]+ [\d:]+ UTC\] Bert Hair \(visitor\): Where is my parcel\?$/m);
    expect(text).toMatch(/^\[[\d-]+ [\d:]+ UTC\] Ada Admin \(agent\): In Ghent\.$/m);
    expect(text).not.toContain("impatient");
  });

  await test.step("as JSON, without and with notes", async () => {
    const plain = JSON.parse((await download("JSON")).text);
    expect(plain.conversation).toMatchObject({ authenticated: "yes", authentication: { subject: bert.subject }, utcOffset: "+00:00" });
    expect(plain.messages.map(({ text }: { text: string }) => text)).toEqual(["Where is my parcel?", "In Ghent."]);
    expect(plain.notes).toBeUndefined();
    const whole = JSON.parse((await download("JSON with notes for colleagues")).text);
    expect(whole.notes.map(({ text }: { text: string }) => text)).toEqual(["He is impatient."]);
  });

  await test.step("on paper", async () => {
    await console_.emulateMedia({ media: "print", colorScheme: "dark" });
    const sheet = console_.locator(".bonafide-print");
    await expect(sheet).toBeVisible();
    await expect(sheet.getByRole("heading", { name: "Bert Hair" })).toBeVisible();
    await expect(sheet).toContainText("Subject" + bert.subject);
    await expect(sheet.getByText("Where is my parcel?")).toBeVisible();
    await expect(sheet).not.toContainText("impatient");
    await expect(desk.box, "nothing else").toBeHidden();
    await expect(console_.getByRole("navigation").first()).toBeHidden();
    expect(await sheet.evaluate((element) => getComputedStyle(element).color)).toBe("rgb(0, 0, 0)");
    expect(await console_.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)");
    await console_.screenshot({ path: `${screens}desk-print.png`, fullPage: true });
    await console_.emulateMedia({ media: "screen", colorScheme: "light" });
    await expect(sheet).toHaveCount(0);
    await expect(desk.box).toBeVisible();
  });
  await desk.close();
});
