// What an agent sees of a verified person's other conversations: earlier ones, which open to be read while they have the person's
// chat, and those that run elsewhere.

import { agentAtWork, hire } from "../product/agents.mjs";
import { Operator } from "../product/operator.mjs";
import { startConversation } from "../product/visitor.mjs";
import { showDesk } from "./desk-looks";
import { bert, expect, prepare, test } from "./fixtures";

test("an agent reads what was said to the person before", async ({ browser, website }) => {
  const product = await prepare();
  const { server, admin, workStream } = product;
  try {
    const { widget } = await website.record(admin, { workStream });
    const { origin } = website;
    const begin = async (): Promise<{ id: string; post: (what: string, body: object) => Promise<void> }> => {
      const { status, body } = await startConversation(server.url, widget, { token: await website.token(bert), origin });
      expect(status).toBe(201);
      const { id } = body.conversation;
      const headers = { "content-type": "application/json", authorization: `Bearer ${body.session.secret}`, origin };
      const post = async (what: string, content: object) => {
        const answer = await fetch(`${server.url}/api/v1/conversations/${id}/${what}`, { method: "POST", headers, body: JSON.stringify(content) });
        expect(answer.ok, what).toBe(true);
      };
      return { id, post };
    };
    const ben = await new Operator(server.url).signIn(await hire(admin, "Ben Before"));
    const acts = (id: string, what: string, body: object = {}) => ben.create(`/agent/conversations/${id}/${what}`, body);

    const ana = await agentAtWork(browser, product, "Ana Agent");
    const { page } = ana;
    const earlier = ana.summary("Earlier conversations");
    const elsewhere = ana.summary("Other open chats of this person");

    const before = await begin();
    await before.post("messages", { clientId: "a", text: "My parcel is broken." });
    await test.step("beside the first there is none", async () => {
      await ana.pick(before.id);
      await expect(earlier).toContainText("None before this one");
      await expect(elsewhere).toHaveCount(0);
    });
    await acts(before.id, "accept");
    await acts(before.id, "messages", { clientId: "b", text: "I send you a new one." });
    await acts(before.id, "notes", { clientId: "n", text: "The second broken one." });
    await acts(before.id, "close");
    const unanswered = await begin();
    await unanswered.post("end", {});

    const now = await begin();
    await now.post("messages", { clientId: "a", text: "The new one is broken, too." });
    await test.step("whoever looks at what waits sees that there are some", async () => {
      await ana.pick(now.id);
      await expect(earlier.getByRole("listitem")).toHaveCount(2);
      await expect(earlier.getByRole("listitem").first()).toContainText("ended unanswered");
      await expect(earlier.getByRole("listitem").last()).toContainText("was with Ben Before");
      await expect(earlier.getByRole("listitem").last()).toContainText("not yours to read");
      await expect(earlier.getByRole("link")).toHaveCount(1);
    });

    await test.step("whoever has it opens them, with the keyboard too", async () => {
      await ana.accept();
      // On the screen at once, whatever tab is shown: the window is wide.
      await expect(earlier.getByRole("link")).toHaveCount(2);
      await showDesk(page, "earlier");
      await page.setViewportSize({ width: 390, height: 844 });
      await page.getByRole("tab", { name: "Summary" }).click();
      await earlier.scrollIntoViewIfNeeded();
      await showDesk(page, "earlier-summary");
      await earlier.getByRole("link").last().focus();
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(new RegExp(`/agent/${before.id}`));
      await expect(ana.log).toContainText("I send you a new one.");
      await expect(ana.log).toContainText("The second broken one.");
      await expect(page.getByText("Ben Before had this conversation. You may read it")).toBeVisible();
      await expect(ana.box).toHaveCount(0);
      await expect(page.getByRole("button", { name: "Note for colleagues" })).toHaveCount(0);
      await showDesk(page, "earlier-read");
    });

    await test.step("and goes back to the one that runs", async () => {
      await elsewhere.getByRole("link").filter({ hasText: "active with you" }).click();
      await expect(page).toHaveURL(new RegExp(`/agent/${now.id}`));
      await expect(ana.box).toBeEnabled();
    });

    await test.step("what begins and ends elsewhere is seen without a reload", async () => {
      await expect(elsewhere).toHaveCount(0);
      const other = await begin();
      await expect(elsewhere.getByRole("listitem")).toContainText("waiting");
      await acts(other.id, "accept");
      await expect(elsewhere.getByRole("listitem")).toContainText("active with Ben Before");
      await showDesk(page, "earlier-elsewhere");
      await acts(other.id, "close");
      // What colleagues do with theirs is not told: it is read when the window is looked at again.
      await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
      await expect(earlier.getByRole("listitem")).toHaveCount(3);
      await expect(elsewhere).toHaveCount(0);
    });

    await test.step("it ends when they have the chat no more", async () => {
      await page.goto(`${server.url}/agent/${before.id}`);
      await expect(ana.log).toContainText("I send you a new one.");
      await now.post("end", {});
      await expect(page.getByRole("heading", { name: "This conversation is not yours to see" })).toBeVisible();
    });
    await ana.close();
  } finally {
    await server.close();
  }
});
