// A connection that goes, a page that sleeps, an answer that never comes: nothing is lost, nothing comes twice, and nobody
// waits for ever. Tabs in the background are in `webdriver/`: Playwright shows every page as if somebody looked at it.

import { bert, expect, test, textsOf } from "./fixtures";

/** A message of the agent, stored when this is done. */
const agentSays = (product: Parameters<typeof textsOf>[0], conversation: string, text: string) =>
  product.admin.create(`/agent/conversations/${conversation}/messages`, { clientId: text, text });

test("a connection that is cut: what is written waits, is sent once, and what was missed arrives in order", async ({ product, website, wire, visit }) => {
  website.visitor = bert;
  const chat = await visit({ server: wire.url });
  await chat.open();
  const { conversation } = await chat.hears("started");
  await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
  await chat.send("before");
  // On the screen it is at once; what is cut off on its way is sent again, and then behind the others.
  await expect.poll(() => textsOf(product, conversation)).toEqual(["before"]);
  wire.cut();
  await expect(chat.panel.getByText("No connection.").first()).toBeVisible();
  await chat.send("written offline");
  await chat.send("and another");
  for (const text of ["one", "two", "three"]) await agentSays(product, conversation, text);
  wire.mend();
  await expect(chat.panel.getByText("No connection.")).toHaveCount(0);
  await expect.poll(() => textsOf(product, conversation)).toEqual(["before", "one", "two", "three", "written offline", "and another"]);
  await expect(chat.log.locator(".bubble")).toHaveText(["before", "one", "two", "three", "written offline", "and another"]);
  expect(await chat.heard("error")).toEqual([]);
});

test("a browser that knows it is offline says so, although the socket has not noticed, and sends when it is back", async ({ context, product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit();
  await chat.open();
  const { conversation } = await chat.hears("started");
  await context.setOffline(true);
  await expect(chat.panel.getByText("No connection.").first()).toBeVisible();
  await chat.send("written offline");
  await context.setOffline(false);
  await expect(chat.panel.getByText("No connection.")).toHaveCount(0);
  await expect.poll(() => textsOf(product, conversation)).toEqual(["written offline"]);
});

test("asleep: a page that was frozen has everything when it wakes", async ({ page, context, product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit();
  await chat.open();
  const { conversation } = await chat.hears("started");
  await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
  await chat.send("before");
  await expect.poll(() => textsOf(product, conversation)).toEqual(["before"]);
  const cdp = await context.newCDPSession(page);
  await cdp.send("Page.setWebLifecycleState", { state: "frozen" });
  for (const text of ["one", "two", "three"]) await agentSays(product, conversation, text);
  await cdp.send("Page.setWebLifecycleState", { state: "active" });
  await expect(chat.log.locator(".bubble")).toHaveText(["before", "one", "two", "three"]);
  await chat.send("awake");
  await expect.poll(() => textsOf(product, conversation)).toEqual(["before", "one", "two", "three", "awake"]);
});

test("what was not sent by the end of the chat can be sent in another one", async ({ page, product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit();
  await chat.open();
  const { conversation } = await chat.hears("started");
  await page.route("**/messages", (route) => route.abort());
  await chat.send("one more thing");
  await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
  await product.admin.create(`/agent/conversations/${conversation}/close`, {});
  await chat.hears("ended");
  await page.unroute("**/messages");
  await chat.log.getByRole("button", { name: "Try again" }).click();
  await expect.poll(async () => (await chat.heard("started")).length).toBe(2);
  const [, second] = await chat.heard("started");
  await expect.poll(() => textsOf(product, second.conversation)).toEqual(["one more thing"]);
  await expect(chat.log.getByText("one more thing")).toHaveCount(1);
  expect(await textsOf(product, conversation)).toEqual([]);
});

test("an engine that does not arrive is told, not waited for", async ({ page, website, visit }) => {
  website.visitor = bert;
  // The network takes the request and never answers.
  await page.route("**/*.wasm", () => {});
  const chat = await visit();
  await chat.launcher.click();
  const error = await chat.hears("error", 40_000);
  expect(error).toMatchObject({ code: "network-unreachable", retryable: true });
  await expect(chat.element.getByText(/try again/i).first()).toBeVisible();
  await page.unroute("**/*.wasm");
  await chat.panel.getByRole("button", { name: "Try again" }).click();
  expect(await chat.hears("started")).toMatchObject({ authenticated: true });
});

test("a server that takes requests and never answers is told, not waited for", async ({ page, website, visit }) => {
  website.visitor = bert;
  await page.route("**/api/**", () => {});
  const chat = await visit();
  await chat.open();
  expect(await chat.hears("error", 40_000)).toMatchObject({ code: "network-unreachable", retryable: true });
});
