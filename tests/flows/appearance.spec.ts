// Every state of the chat: in light, dark and forced colours, at phone width, and from right to left; judged by axe, and
// photographed for people to look at. The pictures are in test-results/screens.

import { Desk } from "../product/desk.mjs";
import { administrator } from "../product/server.mjs";
import { bert, expect, test } from "./fixtures";
import { LAYOUTS, hold, open, part, photograph } from "./looks";
import { STATES } from "./states";

for (const [name, layout] of Object.entries(LAYOUTS)) {
  test.describe(name, () => {
    test.use({ ...layout.use, contextOptions: { reducedMotion: "reduce" } });
    const widget = { appearance: { title: "Shop support", greeting: "Hello! Ask us anything about your order." } };

    for (const [state, { arrange, reach, ...options }] of Object.entries(STATES)) {
      test(`${state}, ${name}`, async ({ page, product, website, visit }) => {
        website.visitor = bert;
        await arrange?.({ page, product, website });
        const chat = await visit({ lang: layout.lang, ...options, widget: { ...widget, ...options.widget } });
        await reach({ page, product, website, chat });
        await photograph(page, layout, state);
      });
    }

    test(`a whole conversation, ${name}`, async ({ page, browser, product, website, wire, visit }) => {
      const { admin } = product;
      website.visitor = bert;
      const chat = await visit({ lang: layout.lang, widget, server: wire.url });
      const shot = (state: string, keep?: () => Promise<unknown>) => photograph(page, layout, state, keep);
      const letChunkGo = await hold(page, "**/assets/*.js");
      const letConfigGo = await hold(page, "**/api/v1/widgets/*");
      const letTokenGo = await hold(page, "**/auth/token");

      await expect(part(chat, "launcher")).toBeVisible();
      await shot("closed");
      await open(chat);
      await expect(part(chat, "launcher")).toHaveAttribute("aria-busy", "true");
      await shot("opening");
      letChunkGo();
      await expect(part(chat, "status")).not.toBeEmpty();
      await shot("configuring");
      letConfigGo();
      await expect(part(chat, "greeting")).toBeVisible();
      await shot("authenticating");
      letTokenGo();
      const { conversation } = await chat.hears("started");
      await expect(part(chat, "note")).not.toBeEmpty();
      await shot("authenticated");

      await chat.send("Where is my order? https://shop.example.com/orders/7");
      await shot("waiting");
      const desk = await Desk.signIn(browser, product.server.url, administrator);
      await desk.pick(conversation);
      await desk.accept();
      const say = (clientId: string, text: string) => admin.create(`/agent/conversations/${conversation}/messages`, { clientId, text });
      await say("a1", "Hello Bert, let me look.");
      await say("a2", "It left this morning.\nIt will be with you tomorrow: 🚚 مرحبا");
      await expect(chat.log.getByText("It left this morning.")).toBeVisible();
      await shot("active");

      // Shown for some seconds after each key.
      await shot("typing", async () => {
        await desk.box.pressSequentially("One ");
        await expect(part(chat, "typing")).toBeVisible();
      });
      await desk.close();

      await page.keyboard.press("Escape");
      await expect(part(chat, "panel")).toBeHidden();
      await say("a3", "Anything else?");
      await expect(part(chat, "badge")).toHaveText("1");
      await shot("unread");
      await open(chat);

      wire.cut();
      // The first tries to connect again fail before it is called that.
      await expect(part(chat, "banner")).not.toBeEmpty();
      await expect(part(chat, "banner")).toHaveClass(/alarm/);
      await shot("offline");
      wire.mend();
      await expect(part(chat, "banner")).toBeEmpty();

      await part(chat, "tool").click();
      await expect(part(chat, "confirm")).toBeVisible();
      await shot("end-question");
      await part(chat, "confirm").getByRole("button").last().click();
      await chat.hears("ended");
      await expect(part(chat, "ended")).toBeVisible();
      await shot("ended");
    });
  });
}

test("the chat is worked with the keyboard alone", async ({ page, website, visit }) => {
  website.visitor = bert;
  const chat = await visit();
  await chat.launcher.focus();
  await page.keyboard.press("Enter");
  await chat.hears("started");
  await expect(chat.box).toBeFocused();
  await page.keyboard.type("typed, not clicked");
  await page.keyboard.press("Enter");
  await expect(chat.log.getByText("typed, not clicked")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(chat.panel).toBeHidden();
  await expect(chat.launcher).toBeFocused();
});
