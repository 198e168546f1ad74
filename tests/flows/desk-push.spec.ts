// Here and away, capacity, and a queue that pushes: set by an administrator, seen by two agents and their visitors.

import { Waiting, agentAtWork, ownLine } from "../product/agents.mjs";
import { expectAccessible } from "../product/axe.mjs";
import { Desk } from "../product/desk.mjs";
import { administrator } from "../product/server.mjs";
import { showDesk } from "./desk-looks";
import { expect, prepare, test } from "./fixtures";

const availability = ({ page }: Desk) => page.getByRole("button", { name: /^You are / });

/** Chooses in the menu of the bar. */
async function say(desk: Desk, choice: string): Promise<void> {
  await availability(desk).click();
  await desk.page.getByRole("menuitemradio", { name: choice, exact: true }).click();
  await expect(availability(desk)).toHaveAccessibleName(`You are ${choice}`);
}

const given = ({ page }: Desk) => page.locator(".fui-Toast").filter({ hasText: "A chat was given to you" });

test("chats are given to who is here, has the fewest and is below their capacity", async ({ browser }) => {
  const product = await prepare();
  const { server, admin } = product;
  try {
    const { widget, queue } = await ownLine(admin, "Sales");
    const ana = await agentAtWork(browser, product, "Ana Agent");
    const ben = await agentAtWork(browser, product, "Ben Agent");
    const boss = await Desk.signIn(browser, server.url, administrator);

    await test.step("an administrator makes the queue push and limits Ana", async () => {
      // Whoever sees to the settings is given no chats.
      await say(boss, "Away");
      await boss.page.goto(`${server.url}/admin/operators/${ana.who.id}`);
      await boss.page.getByLabel("Capacity").fill("many");
      await boss.page.getByRole("button", { name: "Save" }).click();
      await expect(boss.page.getByText("Enter a whole number, 0 to 1000, or leave it empty.")).toBeVisible();
      await boss.page.getByLabel("Capacity").fill("1");
      await boss.page.getByRole("button", { name: "Save" }).click();
      await expect(boss.page.getByText("Saved").last()).toBeVisible();
      await boss.page.getByLabel("Capacity").scrollIntoViewIfNeeded();
      await showDesk(boss.page, "operator-capacity");
      await boss.page.goto(`${server.url}/admin/queues/${queue.id}`);
      await boss.page.getByLabel("Push: chats are given to agents").check();
      await boss.page.getByRole("button", { name: "Save" }).click();
      await expect(boss.page.getByText("Saved").last()).toBeVisible();
      await showDesk(boss.page, "queue-that-pushes");
    });

    await test.step("an agent goes away with a reason, which colleagues see and a reload does not end", async () => {
      await availability(ben).click();
      await ben.page.getByRole("menuitem", { name: "Away for another reason…" }).click();
      await ben.page.getByLabel("Reason").fill("Fire drill");
      await showDesk(ben.page, "away-reason");
      await ben.page.getByLabel("Reason").press("Enter");
      await expect(availability(ben)).toHaveAccessibleName("You are Away: Fire drill");
      await ben.page.reload();
      await expect(ben.page.getByText("You are away: Fire drill")).toBeVisible();
      await showDesk(ben.page, "away");
      await availability(ben).click();
      await expect(ben.page.getByRole("menuitemradio", { name: "Away: Fire drill" })).toBeChecked();
      await ben.page.screenshot({ path: "../test-results/screens/desk-light-away-menu.png" });
      await expectAccessible(ben.page, ".fui-MenuPopover", "away-menu");
      await ben.page.keyboard.press("Escape");

      await availability(ana).click();
      await ana.page.getByRole("menuitem", { name: "Colleagues" }).click();
      const row = ana.page.getByRole("row").filter({ hasText: "Ben Agent" });
      await expect(row).toContainText("Away: Fire drill");
      await expect(ana.page.getByRole("row").filter({ hasText: "Ana Agent" })).toContainText("0 of 1");
      await showDesk(ana.page, "colleagues");
      // Live: told before the list is read again.
      await say(ben, "Away: Lunch");
      await expect(row).toContainText("Away: Lunch");
      await ana.page.goto(`${server.url}/agent`);
      await expect(ana.page.getByRole("heading", { name: "Nobody waits" })).toBeVisible();
    });

    const first = await Waiting.start(server.url, widget);
    await test.step("a chat is given to the one who is here, who is told and opens it", async () => {
      await expect(given(ana)).toBeVisible();
      await given(ana).getByText("Open").click();
      await expect(ana.page).toHaveURL(new RegExp(`/agent/${first.id}\\?tab=active`));
      await expect(ana.box).toBeEnabled();
      await expect(ana.log.getByText("The queue gave the conversation to Ana Agent")).toBeVisible();
      await expect(ana.listed(first.id)).toContainText("given to you");
      await first.say("Hello?");
      await ana.send("Good day, this is Ana.");
      await expect(given(ana)).toHaveCount(0, { timeout: 15_000 });
      await showDesk(ana.page, "given");
    });

    const second = await Waiting.start(server.url, widget);
    await test.step("beyond her capacity the next one waits, and can be picked by hand only", async () => {
      await ana.page.getByRole("tab", { name: /^Waiting/ }).click();
      await expect(ana.listed(second.id)).toBeVisible();
      const next = ana.page.getByRole("button", { name: "Accept next" });
      await expect(next).toHaveAttribute("aria-disabled", "true");
      await expect(next).toHaveAttribute("title", "You have 1 of 1 chats. You can still pick one by hand.");
    });

    await test.step("who comes back is given what waits", async () => {
      await expect(given(ben)).toHaveCount(0);
      await ben.page.getByRole("button", { name: "I am here" }).click();
      await expect(given(ben)).toBeVisible();
      await expect(ana.listed(second.id)).toHaveCount(0);
      await ben.page.goto(`${server.url}/agent?tab=active`);
      await expect(ben.listed(second.id)).toContainText("given to you");
      await second.say("I am the second.");
    });

    await test.step("a chat that ends makes room for the next", async () => {
      await say(ben, "Away: Break");
      const third = await Waiting.start(server.url, widget);
      await expect(ana.listed(third.id)).toBeVisible();
      await first.leave();
      await expect(given(ana)).toBeVisible();
      await ana.page.goto(`${server.url}/agent?tab=active`);
      await expect(ana.listed(third.id)).toContainText("given to you");
      // What he has, he keeps.
      await expect(ben.listed(second.id)).toBeVisible();
    });

    await test.step("administrators see who is away", async () => {
      await boss.page.goto(`${server.url}/admin/operators`);
      await expect(boss.page.getByRole("row").filter({ hasText: "Ben Agent" })).toContainText("Away: Break");
      await showDesk(boss.page, "operators-availability");
    });

    await test.step("an agent sees a new limit at once", async () => {
      const next = ana.page.getByRole("button", { name: "Accept next" });
      await expect(next).toHaveAttribute("title", "You have 1 of 1 chats. You can still pick one by hand.");
      await boss.page.goto(`${server.url}/admin/operators/${ana.who.id}`);
      await boss.page.getByLabel("Capacity").fill("5");
      await boss.page.getByRole("button", { name: "Save" }).click();
      await expect(next).not.toHaveAttribute("title");
    });
    await Promise.all([ana.close(), ben.close(), boss.close()]);
  } finally {
    await server.close();
  }
});

test("whoever is away is not alerted", async ({ browser }) => {
  const product = await prepare();
  const { server, admin } = product;
  try {
    const { widget } = await ownLine(admin, "Sales");
    const ana = await agentAtWork(browser, product, "Ana Agent");
    await ana.page.context().addInitScript(() => {
      const tones: number[] = [];
      Object.assign(globalThis, { tones });
      const { start } = OscillatorNode.prototype;
      OscillatorNode.prototype.start = function (...when) {
        tones.push(1);
        return start.apply(this, when);
      };
    });
    await ana.page.reload();
    const tones = () => ana.page.evaluate(() => (globalThis as unknown as { tones: number[] }).tones.length);
    await ana.page.getByRole("button", { name: "Alerts are off" }).click();
    await ana.page.getByLabel("Sound").check();
    await ana.page.getByRole("button", { name: "Close" }).click();
    await Waiting.start(server.url, widget);
    await expect.poll(tones).toBeGreaterThan(0);
    await say(ana, "Away: Meeting");
    const before = await tones();
    await Waiting.start(server.url, widget);
    await expect(ana.page).toHaveTitle(/^\(2\) /);
    await ana.page.evaluate(async () => {
      await navigator.locks.query();
      await new Promise((done) => requestAnimationFrame(() => requestIdleCallback(done)));
    });
    expect(await tones()).toBe(before);
    await say(ana, "Here");
    await Waiting.start(server.url, widget);
    await expect.poll(tones).toBeGreaterThan(before);
    await ana.close();
  } finally {
    await server.close();
  }
});
