// Appearances that take more than one step to reach, every language on a narrow phone, and that nothing moves for those who
// asked for that. As in appearance.spec.ts: judged by axe, and photographed.

import { Chat } from "../product/chat.mjs";
import { bert, expect, test } from "./fixtures";
import { LAYOUTS, open, part, photograph } from "./looks";

const widget = { appearance: { title: "Shop support", greeting: "Hello! Ask us anything about your order." } };

for (const [name, layout] of Object.entries(LAYOUTS)) {
  test.describe(name, () => {
    test.use({ ...layout.use, contextOptions: { reducedMotion: "reduce" } });

    test(`reconnecting, ${name}`, async ({ page, website, wire, visit }) => {
      website.visitor = bert;
      let isSilent = false;
      // A network that takes the next socket and lets nothing through.
      await page.routeWebSocket(/\/socket$/, (socket) => {
        if (!isSilent) socket.connectToServer();
      });
      const chat = await visit({ lang: layout.lang, widget, server: wire.url });
      await open(chat);
      await chat.hears("started");
      await chat.send("Is anybody there?");
      isSilent = true;
      wire.cut();
      wire.mend();
      await expect(part(chat, "banner")).not.toBeEmpty();
      await expect(part(chat, "banner")).not.toHaveClass(/alarm/);
      await photograph(page, layout, "reconnecting");
    });

    test(`new messages below, ${name}`, async ({ page, product, website, visit }) => {
      website.visitor = bert;
      const chat = await visit({ lang: layout.lang, widget });
      await open(chat);
      const { conversation } = await chat.hears("started");
      await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
      const say = (text: string) =>
        product.admin.create(`/agent/conversations/${conversation}/messages`, { clientId: text.replaceAll(/\W/g, "-"), text });
      for (let line = 1; line <= 14; line += 1) await say(`Line ${line} of what is to be read`);
      await expect(chat.log.getByText("Line 14")).toBeVisible();
      await part(chat, "log").evaluate((scroll) => {
        scroll.scrollTop = 0;
      });
      await expect(chat.log.getByText("Line 14")).not.toBeInViewport();
      await say("One more, which is not seen");
      await expect(part(chat, "pill")).toBeVisible();
      await photograph(page, layout, "new-messages");
      await part(chat, "pill").click();
      await expect(chat.log.getByText("One more")).toBeInViewport();
      await expect(part(chat, "pill")).toBeHidden();
    });

    test(`messages of another day, ${name}`, async ({ page, website, visit }) => {
      website.visitor = bert;
      // The visitor looks again three days later.
      await page.clock.install({ time: Date.now() + 3 * 86_400_000 });
      const chat = await visit({ lang: layout.lang, widget });
      await open(chat);
      await chat.hears("started");
      await chat.send("Where is my order?");
      await expect(chat.log.locator(".day").first()).not.toBeEmpty();
      await photograph(page, layout, "another-day");
    });

    test(`the developers' report, ${name}`, async ({ page, website, visit }) => {
      website.visitor = bert;
      const chat = await visit({ lang: layout.lang, widget, tag: "data-debug" });
      const report = part(chat, "report");
      await report.locator("summary").click();
      const row = (term: string) => report.locator(`dt:text-is("${term}") + dd`);
      await expect(row("resolved")).toHaveText("yes");
      await expect(row("called")).toHaveText("not since this report was switched on");
      await open(chat);
      await chat.hears("started");
      await expect(row("called")).toHaveText(/^it gave a text, after \d+ ms$/);
      await expect(row("header alg")).toHaveText("RS256");
      await expect(row("claim sub")).toHaveText(`text of ${bert.subject.length} characters`);
      await expect(row("claim lwicontexts")).toHaveText("names msdyn_cartvalue, msdyn_isvip");
      await expect(row("policy: connect-src, socket")).toHaveText("connected");
      await expect(row("last error")).toHaveText("none");
      await expect(report).not.toContainText(bert.subject);
      expect(website.tokensAsked, "the report asks for no token of its own").toBe(1);
      await photograph(page, layout, "report-beside-chat");
      await page.keyboard.press("Escape");
      await expect(part(chat, "panel")).toBeHidden();
      await photograph(page, layout, "report");
    });
  });
}

test.describe("on a narrow phone", () => {
  const layout = { looks: { phone: { colorScheme: "light" } } } as const;
  test.use({ viewport: { width: 320, height: 640 }, hasTouch: true, contextOptions: { reducedMotion: "reduce" } });

  for (const lang of ["de", "fr", "es", "ja", "ar"]) {
    test(`${lang}: nothing sticks out`, async ({ page, product, website, visit }) => {
      const chat = await visit({
        lang,
        widget,
        client: `window.auth = { getAuthenticationToken: function (done) {
          fetch("/auth/token").then(function (answer) { return answer.ok ? answer.text() : null; }).then(done);
        } };`,
      });
      const look = async (state: string) => {
        await photograph(page, layout, `${lang}-${state}`);
        expect(await sticksOut(chat), `${lang}, ${state}`).toEqual([]);
      };
      await open(chat);
      await expect(part(chat, "card")).toBeVisible();
      await look("sign-in");
      website.visitor = bert;
      await part(chat, "card").getByRole("button").click();
      const { conversation } = await chat.hears("started");
      await chat.send("https://shop.example.com/orders/10482");
      await look("waiting");
      await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
      await part(chat, "tool").click();
      await look("end-question");
    });
  }
});

/** What of the open chat is outside the window, or wider than its place. */
function sticksOut(chat: Chat): Promise<string[]> {
  return part(chat, "panel").evaluate((panel) => {
    const name = (element: Element) => `${element.localName}.${element.className}`;
    return [...panel.querySelectorAll<HTMLElement>("*")]
      .filter((element) => element.checkVisibility() && !element.closest(".quiet, svg"))
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        const isCut = getComputedStyle(element).textOverflow !== "ellipsis" && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
        return left < -0.5 || right > innerWidth + 0.5 || isCut;
      })
      .map(name);
  });
}

for (const [reducedMotion, moves] of [["no-preference", true], ["reduce", false]] as const) {
  test(`motion, ${reducedMotion}: what is under way ${moves ? "runs" : "stands still"}`, async ({ page, product, website }) => {
    await page.emulateMedia({ reducedMotion });
    const { widget: id } = await website.record(product.admin, { workStream: product.workStream });
    await page.route("**/api/v1/widgets/*", () => {});
    await page.goto(website.page({ server: product.server.url, widget: id }));
    const chat = new Chat(page);
    await chat.open();
    await expect(chat.panel).toHaveClass(/busy/);
    const running = () =>
      part(chat, "base").evaluate((base) =>
        base.getAnimations({ subtree: true }).filter(({ playState }) => playState === "running").map((animation) => (animation as CSSAnimation).animationName),
      );
    if (moves) await expect.poll(running).toContain("run");
    else expect(await running()).toEqual([]);
  });
}
