// Who is there, and whose a conversation is: the visitor's presence and what reached them, signing out with active chats, and
// a chat that goes back in line before the eyes of who had it.

import { Waiting, agentAtWork, hire, ownLine } from "../product/agents.mjs";
import { expectAccessible } from "../product/axe.mjs";
import { Desk } from "../product/desk.mjs";
import { wear } from "./desk-looks";
import { bert, expect, test } from "./fixtures";

test("the agent sees whether the visitor is there, and how far an answer came", async ({ browser, product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit({ isAlone: true });
  await chat.open();
  const { conversation } = await chat.hears("started");
  const desk = await agentAtWork(browser, product);
  const { page } = desk;
  await expect(await desk.find(conversation)).toContainText("here");
  await desk.pick(conversation);
  await desk.accept();
  const header = page.getByRole("region", { name: "Conversation", exact: true }).getByRole("banner").or(page.locator("section[aria-label=Conversation] header"));
  await expect(header).toContainText("here");
  await desk.send("an answer");
  await expect(desk.log.getByText("Read", { exact: true })).toBeVisible();
  await page.screenshot({ path: "../test-results/screens/agent-presence-here.png" });
  await expectAccessible(page, "html", "the visitor is here");

  await chat.page.goto("about:blank");
  await expect(header).toContainText("gone", { timeout: 60_000 });
  await desk.send("anybody?");
  await expect(desk.log.getByText("Sent", { exact: true })).toBeVisible();
  await page.screenshot({ path: "../test-results/screens/agent-presence-gone.png" });
  await expectAccessible(page, "html", "the visitor is gone");
  await desk.close();
});

test("signing out with active chats asks, and a colleague finds them in line", async ({ browser, product }) => {
  const { server, admin } = product;
  const { widget } = await ownLine(admin);
  const visitor = await Waiting.start(server.url, widget);
  const [leaving, colleague] = [await agentAtWork(browser, product, "Lea"), await agentAtWork(browser, product, "Kim")];
  await leaving.pick(visitor.id);
  await leaving.accept();
  await expect(colleague.listed(visitor.id)).toHaveCount(0);
  const { page } = leaving;
  const signOut = async () => {
    await page.getByRole("button", { name: /^Signed in as/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
  };
  await signOut();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("You still have an active conversation");
  await page.screenshot({ path: "../test-results/screens/agent-sign-out.png" });
  await expectAccessible(page, "html", "signing out with an active chat");
  await dialog.getByRole("button", { name: "Stay" }).click();
  await expect(leaving.box).toBeEnabled();
  await signOut();
  await dialog.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expect(await colleague.find(visitor.id)).toContainText("back in line");
  await colleague.pick(visitor.id);
  await colleague.accept();
  await leaving.close();
  await colleague.close();
});

test("a chat that is lost before one's eyes says so, and keeps what was being written", async ({ browser, product }) => {
  const { server, admin } = product;
  const who = await hire(admin, "Mo");
  const { widget, queue } = await ownLine(admin);
  const visitor = await Waiting.start(server.url, widget);
  const desk = await Desk.signIn(browser, server.url, who);
  await desk.pick(visitor.id);
  await desk.accept();
  await desk.box.fill("half a sen");
  const { page } = desk;
  // An administrator takes them out of the queue, so that it is not theirs to see.
  await admin.change(`/admin/queues/${queue.id}`, { name: queue.name, members: [] });
  await expect(page.getByRole("heading", { name: "You do not have this conversation any more" })).toBeVisible();
  await expect(page.getByText("half a sen")).toBeVisible();
  await page.screenshot({ path: "../test-results/screens/agent-lost-gone.png" });
  await expectAccessible(page, "html", "a chat that is not theirs to see");

  // Back in the queue, they see that it waits.
  await admin.change(`/admin/queues/${queue.id}`, { name: queue.name, members: [who.id] });
  const lost = page.getByRole("alert").filter({ hasText: "It went back in line, in front." });
  await expect(lost).toBeVisible();
  // What could not be read meanwhile is read again.
  await expect(page.getByRole("alert")).toHaveCount(1);
  await expect(desk.box).toHaveValue("half a sen");
  await expect(desk.box).not.toBeEditable();
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeDisabled();
  for (const [look, size] of Object.entries({ light: { width: 1280, height: 800 }, dark: { width: 1280, height: 800 }, phone: { width: 390, height: 844 }, zoomed: { width: 640, height: 400 } })) {
    await page.setViewportSize(size);
    await wear(page, look === "dark" ? "dark" : "light");
    await expect(desk.box).toBeVisible();
    await page.screenshot({ path: `../test-results/screens/agent-lost-${look}.png` });
    await expectAccessible(page, "html", `a chat that is lost, ${look}`);
  }
  await desk.accept();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await desk.box.press("Enter");
  await expect(desk.log.getByText("half a sen", { exact: true })).toBeVisible();
  await desk.close();
});

test("who ended unanswered stands in a view of their own", async ({ browser, product }) => {
  const { server, admin } = product;
  const { widget } = await ownLine(admin);
  const visitor = await Waiting.start(server.url, widget);
  await visitor.say("is anybody there?");
  const desk = await agentAtWork(browser, product);
  await desk.find(visitor.id);
  await desk.page.getByRole("tab", { name: "Unanswered" }).click();
  await visitor.leave();
  await expect(desk.listed(visitor.id)).toContainText("is anybody there?");
  await desk.listed(visitor.id).click();
  await expect(desk.log).toContainText("is anybody there?");
  await desk.page.screenshot({ path: "../test-results/screens/agent-unanswered.png" });
  await expectAccessible(desk.page, "html", "unanswered");
  await desk.close();
});
