// Two chats on one page keep to themselves: one proves who the visitor is, the other has no setting and cannot.

import { Chat } from "../product/chat.mjs";
import { bert, expect, test } from "./fixtures";

test("two widgets on one page are two conversations, and share one engine", async ({ page, product, website }) => {
  website.visitor = bert;
  const { admin, workStream } = product;
  const known = await website.record(admin, { workStream });
  const unknown = await website.record(admin, { workStream, setting: null, widget: { signIn: "optional" } });

  const engines: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(".wasm")) engines.push(request.url());
  });
  await page.goto(website.page({ server: product.server.url, widgets: [known.widget, unknown.widget] }));
  const [first, second] = [new Chat(page, known.widget), new Chat(page, unknown.widget)];
  await first.open();
  const firstStarted = await first.hears("started");
  await first.panel.press("Escape");
  await expect(first.panel).toBeHidden();
  await second.open();
  const secondStarted = await second.hears("started");

  expect(firstStarted.authenticated).toBe(true);
  expect(secondStarted.authenticated).toBe(false);
  expect(secondStarted.conversation).not.toBe(firstStarted.conversation);
  expect(engines, "the engine is loaded once").toHaveLength(1);

  await second.send("from the second");
  await second.panel.press("Escape");
  await first.open();
  await expect(first.log.getByText("from the second")).toHaveCount(0);
  await first.send("from the first");

  const texts = async (conversation: string) =>
    (await admin.read(`/agent/conversations/${conversation}/messages`)).items.map((message: { text: string }) => message.text);
  await expect.poll(() => texts(firstStarted.conversation)).toEqual(["from the first"]);
  await expect.poll(() => texts(secondStarted.conversation)).toEqual(["from the second"]);
});
