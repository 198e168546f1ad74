// The main job: a signed-in visitor chats with an agent who sees who they are.

import { Desk } from "../product/desk.mjs";
import { administrator } from "../product/server.mjs";
import { bert, expect, test } from "./fixtures";

test("the agent sees Authenticated: Yes, the contact, the context, and the queue that a rule chose", async ({ browser, product, website, visit }) => {
  const desk = await Desk.signIn(browser, product.server.url, administrator);
  website.visitor = bert;
  const chat = await visit();
  await chat.open();
  const started = await chat.hears("started");
  const startedAt = Date.now();
  expect(started.authenticated).toBe(true);

  await test.step("the conversation is in the inbox within a second", async () => {
    await expect(await desk.find(started.conversation)).toBeVisible();
    // A second is the promise; ten leave room for a busy machine and still catch a console that polls.
    expect(Date.now() - startedAt).toBeLessThan(10_000);
  });

  await test.step("the summary says who it is, and what the website vouches for", async () => {
    await desk.pick(started.conversation);
    await expect(desk.summary("Authentication")).toContainText("Authenticated: Yes");
    await expect(desk.summary("Contact")).toContainText("Bert Hair");
    await expect(desk.summary("Context")).toContainText(/msdyn_cartvalue\s*10000/);
    await expect(desk.summary("Context")).toContainText(/msdyn_isvip\s*false/);
    await expect(desk.summary("Routing")).toContainText(/Big baskets.*Big basket/);
    await desk.page.getByRole("button", { name: "The proof" }).click();
    await expect(desk.summary("Authentication")).toContainText("contosohelp.com");
    await expect(desk.summary("Authentication")).toContainText(bert.subject);
  });

  await test.step("they talk", async () => {
    await chat.send("Where is my order?");
    await desk.accept();
    await expect(desk.log.getByText("Where is my order?")).toBeVisible();
    await desk.send("On its way, Bert.");
    await expect(chat.log.getByText("On its way, Bert.")).toBeVisible();
    await chat.send("Thank you");
    await expect(desk.log.getByText("Thank you")).toBeVisible();
  });

  await test.step("the agent closes, and the visitor sees that it is over", async () => {
    await desk.page.getByRole("button", { name: /^(Close|End)/ }).first().click();
    const confirm = desk.page.getByRole("alertdialog").or(desk.page.getByRole("dialog")).getByRole("button", { name: /^(Close|End)/ });
    await confirm.click();
    await chat.hears("ended");
    await expect(chat.panel.getByText("This chat has ended").first()).toBeVisible();
    await expect(chat.log.getByText("On its way, Bert."), "the transcript can still be read").toBeVisible();
  });
  expect(website.tokensAsked, "one token for one chat").toBe(1);
  await desk.close();
});

test("the visitor never sees the token in the page's reach", async ({ page, product, website, visit }) => {
  website.visitor = bert;
  const urls: string[] = [];
  page.on("request", (request) => urls.push(request.url()));
  const logged: string[] = [];
  page.on("console", (message) => logged.push(message.text()));
  const chat = await visit();
  await chat.open();
  await chat.hears("started");
  await chat.send("hello");
  const header = Buffer.from('{"alg":"RS256"').toString("base64url").slice(0, 12);
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  for (const text of [...urls, ...logged, stored, product.server.output]) {
    expect(text).not.toContain(header);
  }
});

test("the agent sees that the visitor is typing, and the visitor that the agent has read", async ({ browser, product, website, visit }) => {
  const desk = await Desk.signIn(browser, product.server.url, administrator);
  website.visitor = bert;
  const chat = await visit();
  await chat.open();
  const { conversation } = await chat.hears("started");
  await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
  await desk.page.getByRole("tab", { name: /^Mine/ }).click();
  const typed = desk.page.getByText("Bert Hair is typing");
  await desk.find(conversation);
  await chat.box.fill("Where is my");
  await expect(desk.listed(conversation)).toContainText("is typing…");
  await chat.send("Where is my order?");
  await expect(desk.listed(conversation), "what is sent is not typed any more").toContainText("Where is my order?");
  const fate = chat.element.locator('[part~="own"] [part~="meta"]');
  await expect(fate, "listed is not read").toHaveText(/Sent$/);
  await desk.pick(conversation);
  await expect(fate).toHaveText(/Read$/);

  await expect(async () => {
    // Signs of it are passed on every other second at most: the visitor goes on.
    await chat.box.press("x");
    await expect(typed).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(typed, "nobody typed for some seconds").toHaveCount(0);
  await desk.close();
});
