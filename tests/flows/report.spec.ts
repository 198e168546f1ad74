// The developers' report: what it says when something is wrong. How it looks is in appearance-more.spec.ts.

import type { Chat } from "../product/chat.mjs";
import { bert, expect, test } from "./fixtures";
import { open, part } from "./looks";

/** What the report says under a name. */
const row = (chat: Chat, name: string) => part(chat, "report").locator(`dt:text-is("${name}") + dd`);

const switchOn = (chat: Chat) => chat.element.evaluate((element) => element.setAttribute("debug", ""));
const unfold = (chat: Chat) => part(chat, "report").locator("summary").click();

test("the report tells what the policy blocks", async ({ product, website, visit }) => {
  website.visitor = bert;
  const policy = `script-src 'self' 'unsafe-inline' ${product.server.url}; connect-src 'self' ${product.server.url}`;
  const chat = await visit({ policy });
  await open(chat);
  expect((await chat.hears("error")).code).toBe("wasm-blocked");
  await switchOn(chat);
  await unfold(chat);
  await expect(row(chat, "policy: WebAssembly")).toContainText("'wasm-unsafe-eval'");
  await expect(row(chat, "last error")).toContainText("wasm-blocked");
  await expect(part(chat, "report").getByText("violation of script-src")).toBeVisible();
  await expect(row(chat, "request id"), "no request was made").toHaveCount(0);
});

for (const when of ["before", "after"] as const) {
  test(`switched on ${when} a token is refused, the report names the request to look for`, async ({ website, visit }) => {
    const past = Math.floor(Date.now() / 1000) - 3_600;
    const body = await website.token(bert, { claims: { iat: past - 900, exp: past } });
    website.site.publish("/auth/token", { type: "text/plain", body });
    const chat = await visit();
    await expect(chat.launcher).toBeVisible();
    if (when === "before") {
      await switchOn(chat);
      await expect(row(chat, "last error")).toHaveText("none");
    }
    await open(chat);
    const { code, requestId } = await chat.hears("error");
    expect(code).toBe("token-expired");
    expect(requestId).toMatch(/^req_[0-9a-f]{32}$/);
    if (when === "after") await switchOn(chat);
    await unfold(chat);
    await expect(row(chat, "last error")).toHaveText(/^token-expired: ./);
    await expect(row(chat, "request id")).toHaveText(requestId);
    // What the visitor can read out to support is the same.
    await expect(part(chat, "card")).toContainText(requestId);
  });
}

for (const { clock, behindBy, verdict } of [
  { clock: "right", behindBy: 0, verdict: "good" },
  { clock: "two minutes slow", behindBy: 120, verdict: "bad" },
  { clock: "ten minutes fast", behindBy: -600, verdict: "bad" },
]) {
  test(`the clock of this computer, ${clock}, is held against the server's`, async ({ page, website, visit }) => {
    website.visitor = bert;
    if (behindBy !== 0) await page.clock.install({ time: Date.now() - behindBy * 1_000 });
    const chat = await visit({ tag: "data-debug" });
    await unfold(chat);
    const offset = row(chat, "server's clock minus this one");
    await expect(offset).toHaveText(/^-?\d+\.\d s$/);
    await expect(offset).toHaveClass(verdict);
    // Half the way there and back is the most that it may be off by.
    expect(Math.abs(Number.parseFloat((await offset.textContent()) ?? "") - behindBy)).toBeLessThan(5);

    await open(chat);
    expect(await chat.hears("started"), "and the token is judged by the server's").toMatchObject({ authenticated: true });
    await expect(row(chat, "claim exp"), "as it is shown").toHaveText(/^in (8[5-9]\d|90[0-5]) s$/);
  });
}
