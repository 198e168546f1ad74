// What happens to a conversation is announced in the agent's log at its time, and not in the visitor's chat.

import type { Page } from "@playwright/test";

import { Desk } from "../product/desk.mjs";
import { administrator } from "../product/server.mjs";
import { showDesk } from "./desk-looks";
import { bert, expect, test } from "./fixtures";

/** Calls a method of the page's chat, as a website's script does. */
const call = (page: Page, method: "authenticate" | "signOut") =>
  page.evaluate((name) => (document.querySelector("bonafide-chat") as unknown as Record<string, () => Promise<void>>)[name]?.(), method);

/** A client function that gives a token to those who are signed in, and null to the others. */
const polite = `window.auth = { getAuthenticationToken: function (done) {
  fetch("/auth/token").then(function (answer) { return answer.ok ? answer.text() : null; }).then(done);
} };`;

test("a sign-in, a renewal, a lapse, a sign-out and the end stand in the log where they happened", async ({ page, browser, product, website, visit }) => {
  const chat = await visit({ client: polite, widget: { signIn: "optional" } });
  await chat.open();
  const { conversation } = await chat.hears("started");
  await chat.send("before the sign-in");
  const desk = await Desk.signIn(browser, product.server.url, administrator);
  await desk.pick(conversation);
  await desk.accept();
  const announced = (text: string) => desk.log.getByText(text);
  await expect(announced("Ada Admin accepted the conversation")).toBeVisible();

  await test.step("live", async () => {
    website.visitor = { ...bert, expiresIn: 60 };
    await call(page, "authenticate");
    await expect(announced("The visitor proved to be Bert Hair")).toBeVisible();
    await chat.send("after the sign-in");
    website.visitor = { ...bert, expiresIn: 12 };
    await call(page, "authenticate");
    await expect(announced("The proof of who the visitor is was renewed")).toBeVisible();
    await chat.send("after the renewal");
    website.visitor = null;
    await expect(announced("The proof of who the visitor is ran out")).toBeVisible({ timeout: 30_000 });
  });

  await test.step("the visitor is shown none of it", async () => {
    await expect(chat.log.getByText("after the renewal")).toBeVisible();
    for (const text of ["accepted the conversation", "proved to be", "was renewed", "ran out"]) {
      await expect(chat.element.getByText(text)).toHaveCount(0);
    }
  });

  await test.step("and after a reload, in the same places", async () => {
    await call(page, "signOut");
    await expect(announced("The visitor signed out")).toBeVisible();
    await expect(announced("The visitor ended the conversation")).toBeVisible();
    await desk.page.reload();
    await expect(announced("The visitor ended the conversation")).toBeVisible();
    const order = [
      "before the sign-in",
      "accepted the conversation",
      "proved to be Bert Hair",
      "after the sign-in",
      "was renewed",
      "after the renewal",
      "ran out",
      "signed out",
      "ended the conversation",
    ];
    const text = await desk.log.innerText();
    const places = order.map((part) => text.indexOf(part));
    expect(places, text).toEqual([...places].sort((a, b) => a - b));
    expect(Math.min(...places), text).toBeGreaterThanOrEqual(0);
    await showDesk(desk.page, "events-in-the-flow");
  });

  await desk.close();
});
