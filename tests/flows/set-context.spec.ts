// What the page says of its visitor while the chat runs: the agent of an anonymous one sees it, marked as not signed.

import { bert, expect, test } from "./fixtures";

const say = (context: object) => {
  const chat = document.querySelector("bonafide-chat") as HTMLElement & { setContext(context: object): void };
  chat.setContext(context);
};

test("the agent of a running anonymous chat sees what the page says by then", async ({ page, product, visit }) => {
  const chat = await visit({ setting: null });
  // `null` is none, as in a token.
  await page.evaluate(say, { msdyn_cartvalue: 1, msdyn_isvip: null });
  await chat.open();
  const { conversation } = await chat.hears("started");
  const context = async () => (await product.admin.read(`/agent/conversations/${conversation}/summary`)).context;
  await expect.poll(context).toEqual({ signed: {}, unsigned: { msdyn_cartvalue: 1 } });
  await page.evaluate(say, { msdyn_cartvalue: 2, msdyn_isvip: true });
  await expect.poll(context).toEqual({ signed: {}, unsigned: { msdyn_cartvalue: 2, msdyn_isvip: true } });
  // Also what another page of the site says, on which the chat goes on.
  await page.reload();
  await page.evaluate(say, { msdyn_cartvalue: 3, msdyn_isvip: null });
  await expect.poll(context).toEqual({ signed: {}, unsigned: { msdyn_cartvalue: 3 } });
});

test("an authenticated chat keeps what the website signed, and the page's console says so", async ({ page, product, website, visit }) => {
  website.visitor = bert;
  const warnings: string[] = [];
  page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
  const chat = await visit();
  await chat.open();
  const { conversation } = await chat.hears("started");
  const context = async () => (await product.admin.read(`/agent/conversations/${conversation}/summary`)).context;
  const before = await context();
  await page.evaluate(say, { msdyn_cartvalue: 2 });
  await expect.poll(() => warnings.filter((text) => text.startsWith("bonafide-chat: setContext"))).toHaveLength(1);
  expect(await context()).toEqual(before);
  expect(await chat.heard("error")).toEqual([]);
});
