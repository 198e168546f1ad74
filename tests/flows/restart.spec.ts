// The server's power is cut while people chat. When it is back, the chat goes on: nothing is lost, nothing is doubled.

import { fileURLToPath } from "node:url";

import type { APIResponse } from "@playwright/test";

import { expectAccessible } from "../product/axe.mjs";
import { Server, administrator } from "../product/server.mjs";
import { Chat } from "../product/chat.mjs";
import { Operator } from "../product/operator.mjs";
import { bert, expect, test, textsOf } from "./fixtures";

test("a killed server comes back and the chat goes on", async ({ page, website }) => {
  const { server, admin } = await Server.fresh();
  try {
    website.visitor = bert;
    const workStream = (await admin.read("/admin/work-streams")).items[0].id;
    const { widget } = await website.record(admin, { workStream });
    await page.goto(website.page({ server: server.url, widget }));
    const chat = new Chat(page);
    await chat.open();
    const { conversation } = await chat.hears("started");
    await admin.create(`/agent/conversations/${conversation}/accept`, {});
    const delivered = async () => {
      const { items } = await admin.read(`/agent/conversations/${conversation}/messages`);
      return items.map((message: { text: string }) => message.text);
    };
    await chat.send("before the cut");
    // Shown is not stored yet: the agent's answer could come first.
    await expect.poll(delivered).toEqual(["before the cut"]);
    await admin.create(`/agent/conversations/${conversation}/messages`, { clientId: "agent-1", text: "I am here" });
    await expect(chat.log.getByText("I am here")).toBeVisible();

    await server.kill();
    await chat.box.fill("during the cut");
    await chat.box.press("Enter");
    await expect(chat.log.getByText("during the cut")).toBeVisible();
    await expect(chat.panel.getByText("No connection.").first(), "the visitor is told").toBeVisible({ timeout: 60_000 });
    await page.screenshot({ path: fileURLToPath(new URL("../../test-results/screens/light-server-gone.png", import.meta.url)) });
    await expectAccessible(page, "bonafide-chat", "offline");
    await server.restart();

    await expect(chat.panel.getByText("No connection.")).toHaveCount(0, { timeout: 60_000 });
    // The agent's cookie outlives the restart: sessions are stored.
    await expect.poll(delivered, { timeout: 60_000 }).toEqual(["before the cut", "I am here", "during the cut"]);

    const again = await new Operator(server.url).signIn(administrator);
    await again.create(`/agent/conversations/${conversation}/messages`, { clientId: "agent-2", text: "Still here" });
    await expect(chat.log.getByText("Still here")).toBeVisible({ timeout: 60_000 });
    await chat.send("good");

    await expect.poll(delivered).toEqual(["before the cut", "I am here", "during the cut", "Still here", "good"]);
    for (const text of await delivered()) {
      await expect(chat.log.getByText(text, { exact: true })).toHaveCount(1);
    }
    expect(await chat.heard("started"), "the same conversation all along").toHaveLength(1);
    expect((await admin.read(`/agent/conversations/${conversation}/summary`)).authenticated).toBe("yes");
  } finally {
    await server.close();
  }
});

test("a reload in the middle of a chat shows the same conversation", async ({ page, product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit();
  await chat.open();
  const { conversation } = await chat.hears("started");
  await chat.send("before the reload");
  await page.reload();
  expect(await chat.hears("started"), "the page is told that it goes on").toEqual({ conversation, authenticated: true });
  await expect(chat.log.getByText("before the reload")).toBeVisible();
  await chat.send("after the reload");
  await expect
    .poll(async () => {
      const { items } = await product.admin.read(`/agent/conversations/${conversation}/messages`);
      return items.map((message: { text: string }) => message.text);
    })
    .toEqual(["before the reload", "after the reload"]);
});

for (const tag of ["", "data-open"]) {
  test(`a chat that the agent closed can be read when the page is loaded again, and no other begins by itself ${tag}`, async ({ page, product, website, visit }) => {
    website.visitor = bert;
    const chat = await visit({ tag });
    if (!tag) await chat.open();
    const { conversation } = await chat.hears("started");
    await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
    await chat.send("thank you");
    await expect.poll(() => textsOf(product, conversation)).toEqual(["thank you"]);
    await product.admin.create(`/agent/conversations/${conversation}/close`, {});
    await chat.hears("ended");
    await page.reload();
    await expect(chat.panel).toBeVisible();
    await chat.hears("ended");
    await expect(chat.log.getByText("thank you")).toBeVisible();
    await expect(chat.panel.getByRole("button", { name: "Start a new chat" })).toBeVisible();
    expect(await chat.heard("started")).toEqual([]);
  });
}

test("a page that is loaded while the server restarts shows the same conversation, without a click", async ({ page, website }) => {
  const { server, admin } = await Server.fresh();
  try {
    website.visitor = bert;
    const workStream = (await admin.read("/admin/work-streams")).items[0].id;
    const { widget } = await website.record(admin, { workStream });
    // The scripts come from something in front of the server, which goes on.
    const kept = new Map<string, APIResponse>();
    await page.route(/\/(embed\.js|assets\/[^/]+)$/, async (route) => {
      const url = route.request().url();
      const response = kept.get(url) ?? (await route.fetch());
      kept.set(url, response);
      await route.fulfill({ response });
    });
    await page.goto(website.page({ server: server.url, widget }));
    const chat = new Chat(page);
    await chat.open();
    const { conversation } = await chat.hears("started");
    await chat.send("before the restart");
    await expect.poll(() => textsOf({ admin }, conversation)).toEqual(["before the restart"]);

    await server.kill();
    await page.reload();
    await expect(chat.panel).toBeVisible();
    expect(await chat.hears("error")).toMatchObject({ code: "network-unreachable" });
    await expect(chat.panel.getByRole("heading", { name: "We can’t reach the chat" }), "it is tried again by itself").toBeHidden();
    await server.restart();
    expect(await chat.hears("started", 60_000)).toEqual({ conversation, authenticated: true });
    await expect(chat.log.getByText("before the restart")).toBeVisible();
  } finally {
    await server.close();
  }
});
