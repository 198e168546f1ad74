// The demo, as a newcomer tries it: the shop's visitors, the agent's console, and each button that makes a failure real.

import { test as base, expect } from "@playwright/test";

import { Chat, recordEvents } from "../product/chat.mjs";
import { Demo } from "../product/demo.mjs";
import { Desk } from "../product/desk.mjs";

const test = base.extend<object, { demo: Demo }>({
  demo: [
    async ({}, use) => {
      const demo = await Demo.start();
      await use(demo);
      await demo.close();
    },
    { scope: "worker", timeout: 90_000 },
  ],
});

test.beforeEach(({ page }) => recordEvents(page));

test("signed in as Bert, the agent sees Yes, his contact, his cart, and the queue Priority; signed out, No and General", async ({ page, browser, demo }) => {
  const desk = await Desk.signIn(browser, demo.server, demo.agent);
  await page.goto(demo.shop);
  await signIn(page, "Bert Hair");
  const chat = new Chat(page);
  await chat.open();
  const known = await chat.hears("started");
  await desk.pick(known.conversation);
  await expect(desk.summary("Authentication")).toContainText("Authenticated: Yes");
  await expect(desk.summary("Contact")).toContainText("Bert Hair");
  await expect(desk.summary("Contact")).toContainText("87b4d06c-abc2-e811-a9b0-000d3a10e09e");
  await expect(desk.summary("Context")).toContainText(/msdyn_cartvalue\s*10000/);
  await expect(desk.summary("Context")).toContainText(/msdyn_isvip\s*false/);
  await expect(desk.summary("Routing")).toContainText("Priority");
  await chat.send("Is my sofa on its way?");
  await expect(desk.log.getByText("Is my sofa on its way?")).toBeVisible();

  await chat.box.press("Escape");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await expect(chat.log.getByText("Is my sofa on its way?")).toHaveCount(0);
  await page.goto(demo.shop);
  await chat.open();
  const unknown = await chat.hears("started");
  expect(unknown.authenticated).toBe(false);
  await desk.pick(unknown.conversation);
  await expect(desk.summary("Authentication")).toContainText("Authenticated: No");
  await expect(desk.summary("Routing")).toContainText("General");
  await desk.close();
});

test("the second customer goes to another queue", async ({ page, browser, demo }) => {
  const desk = await Desk.signIn(browser, demo.server, demo.agent);
  await page.goto(demo.shop);
  await signIn(page, "Mara Lind");
  const chat = new Chat(page);
  await chat.open();
  await desk.pick((await chat.hears("started")).conversation);
  await expect(desk.summary("Contact")).toContainText("Mara Lind");
  await expect(desk.summary("Routing")).toContainText("Signed-in customers");
  await desk.close();
});

const FAILURES = {
  "Expired token": "token-expired",
  "Wrong key": "token-signature-invalid",
  "Not a JWT": "token-malformed",
  "Calls back null": "token-not-provided",
  "Calls back an error": "client-function-failed",
  "Throws": "client-function-failed",
  "Never calls back": "client-function-timeout",
  "Function missing": "client-function-not-found",
};

for (const [button, code] of Object.entries(FAILURES)) {
  test(`make it fail: ${button} gives one ${code}, and "Works" mends it`, async ({ page, demo }) => {
    await page.goto(`${demo.shop}/required`);
    await signIn(page, "Bert Hair");
    await page.getByRole("button", { name: button, exact: true }).click();
    const chat = new Chat(page);
    await chat.open();
    expect(await chat.hears("error", 20_000)).toMatchObject({ code });
    await expect(chat.panel.getByRole("heading", { level: 3 })).toBeVisible();
    await expect(page.getByRole("log", { name: "Widget events" })).toContainText(`code ${code}`);
    expect(await chat.heard("error")).toHaveLength(1);
    expect(await chat.heard("started")).toHaveLength(0);

    await page.getByRole("button", { name: "Works", exact: true }).click();
    await page.evaluate(() => (document.querySelector("bonafide-chat") as unknown as { authenticate: () => Promise<void> }).authenticate());
    expect(await chat.hears("started")).toMatchObject({ authenticated: true });
  });
}

test("a promise instead of a callback is fine, too", async ({ page, demo }) => {
  await page.goto(`${demo.shop}/required`);
  await signIn(page, "Bert Hair");
  await page.getByRole("button", { name: "Returns a promise" }).click();
  const chat = new Chat(page);
  await chat.open();
  expect(await chat.hears("started")).toMatchObject({ authenticated: true });
});

test("sign-in required: the card leads to the shop's sign-in, and the chat goes on by itself", async ({ page, demo }) => {
  await page.goto(`${demo.shop}/required`);
  const chat = new Chat(page);
  await chat.open();
  await chat.panel.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: /^Sign in as Bert Hair/ }).click();
  expect(await chat.hears("started")).toMatchObject({ authenticated: true });
});

test("no setting says No though Bert is signed in; two widgets and the strict policy work", async ({ page, demo }) => {
  await page.goto(`${demo.shop}/no-setting`);
  await signIn(page, "Bert Hair");
  const chat = new Chat(page);
  await chat.open();
  expect((await chat.hears("started")).authenticated).toBe(false);

  await page.goto(`${demo.shop}/strict-csp`);
  await chat.open();
  expect((await chat.hears("started")).authenticated).toBe(true);

  await page.goto(`${demo.shop}/two`);
  await expect(chat.element).toHaveCount(2);
});

/** Signs in at the shop, whoever was signed in before. */
async function signIn(page: import("@playwright/test").Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Sign in", exact: true }).first().click();
  await page.getByRole("button", { name: new RegExp(`^Sign in as ${name}`) }).click();
  await expect(page.getByText(name, { exact: true })).toBeVisible();
}
