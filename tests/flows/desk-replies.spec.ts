// Canned replies: recorded by an administrator and by an agent, inserted by keyboard alone, filled from what is known, and what
// is not known is filled by the agent before anything is sent.

import { Desk } from "../product/desk.mjs";
import { administrator } from "../product/server.mjs";
import { showDesk } from "./desk-looks";
import { bert, expect, prepare, test, textsOf } from "./fixtures";

test("a shared and an own reply, from the form to the visitor", async ({ page, browser, website }) => {
  const product = await prepare();
  const { server, admin, workStream } = product;
  try {
    const desk = await Desk.signIn(browser, server.url, administrator);
    const console_ = desk.page;

    await test.step("an administrator records one for all", async () => {
      await console_.goto(`${server.url}/admin/canned-replies`);
      await console_.getByRole("link", { name: "New canned reply" }).first().click();
      await console_.getByLabel("Name").fill("Greeting");
      await console_.getByLabel("Text").fill("Hello {vistor}, this is {agent}.");
      await console_.getByRole("button", { name: "Save" }).click();
      await expect(console_.getByRole("alert").filter({ hasText: "There is no variable {vistor}." }).last()).toBeVisible();
      await showDesk(console_, "canned-reply-fault");
      await console_.getByLabel("Text").fill("Hello {visitor}, this is {agent}. Your cart: {context.msdyn_cartvalue}.");
      await console_.getByRole("button", { name: "Save" }).click();
      await expect(console_.getByRole("link", { name: "Greeting" })).toBeVisible();
      await showDesk(console_, "canned-replies-shared");
    });

    await test.step("an agent records their own", async () => {
      await console_.getByRole("button", { name: /^Signed in as/ }).click();
      await console_.getByRole("menuitem", { name: "My canned replies" }).click();
      await expect(console_.getByText("shared", { exact: true })).toBeVisible();
      await console_.getByRole("link", { name: "New canned reply" }).click();
      await console_.getByLabel("Name").fill("Closing time");
      await console_.getByLabel("Text").fill("We close at 18:00, {visitor}.");
      await console_.getByRole("button", { name: "Save" }).click();
      await expect(console_.getByRole("link", { name: "Closing time" })).toBeVisible();
      await showDesk(console_, "canned-replies-own");
    });

    const { widget } = await website.record(admin, { workStream, widget: { signIn: "optional" } });
    const { Chat } = await import("../product/chat.mjs");
    website.visitor = bert;
    await page.goto(website.page({ server: server.url, widget }));
    const chat = new Chat(page);
    await chat.open();
    const { conversation } = await chat.hears("started");
    await chat.send("Hi");
    await console_.goto(`${server.url}/agent`);
    await desk.pick(conversation);
    await desk.accept();

    await test.step("inserted with the keyboard alone, and filled", async () => {
      await desk.box.focus();
      await console_.keyboard.press("/");
      await expect(console_.getByRole("combobox", { name: "Find a canned reply" })).toBeFocused();
      await expect(console_.getByRole("option")).toHaveCount(2);
      await showDesk(console_, "canned-replies-list");
      await console_.keyboard.type("gre");
      await expect(console_.getByRole("option")).toHaveCount(1);
      await console_.keyboard.press("Enter");
      await expect(desk.box).toHaveValue(`Hello Bert Hair, this is ${administrator.name}. Your cart: 10000.`);
      await expect(desk.box).toBeFocused();
      await console_.keyboard.press("Enter");
      await expect(chat.log.getByText("Hello Bert Hair")).toBeVisible();
    });

    await test.step("a slash is still a slash, and Escape leaves all as it was", async () => {
      await expect(desk.box).toHaveValue("");
      await console_.keyboard.press("/");
      await console_.keyboard.press("Escape");
      await expect(desk.box).toBeFocused();
      await expect(desk.box).toHaveValue("");
      await console_.keyboard.press("/");
      await expect(console_.getByRole("combobox", { name: "Find a canned reply" })).toBeFocused();
      await console_.keyboard.press("/");
      await expect(desk.box).toBeFocused();
      await console_.keyboard.type("etc/hosts");
      await expect(desk.box).toHaveValue("/etc/hosts");
      await desk.box.fill("");
    });

    await test.step("what is not known is marked, and is not sent before it is filled", async () => {
      website.visitor = null;
      const body = { page: { url: `${website.origin}/`, title: "Shop", locale: "en" } };
      const answer = await fetch(`${server.url}/api/v1/widgets/${widget}/conversations`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: website.origin },
        body: JSON.stringify(body),
      });
      const unknown = (await answer.json()).conversation.id;
      await console_.goto(`${server.url}/agent`);
      await desk.pick(unknown);
      await desk.accept();
      await desk.box.focus();
      await console_.keyboard.press("/");
      await expect(console_.getByRole("combobox", { name: "Find a canned reply" })).toBeFocused();
      await console_.keyboard.type("clos");
      await console_.keyboard.press("Enter");
      await expect(desk.box).toHaveValue("We close at 18:00, ‹visitor›.");
      await expect(console_.getByText("Fill in ‹visitor› before you send.")).toBeVisible();
      await showDesk(console_, "canned-reply-to-fill");
      await desk.box.press("Enter");
      await expect(desk.box).toHaveValue("We close at 18:00, ‹visitor›.");
      // It is selected: what is typed takes its place.
      await expect.poll(() => console_.evaluate("document.getSelection().toString()")).toBe("‹visitor›");
      await console_.keyboard.type("Sir");
      await desk.box.press("Enter");
      await expect(desk.log.getByText("We close at 18:00, Sir.")).toBeVisible();
      await expect.poll(() => textsOf(product, unknown)).toEqual(["We close at 18:00, Sir."]);
    });
    await desk.close();
  } finally {
    await server.close();
  }
});
