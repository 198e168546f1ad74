// What a website changes by its own CSS: every custom property and every part that the package's README names.

import { readFileSync } from "node:fs";

import type { Chat } from "../product/chat.mjs";
import { bert, expect, test } from "./fixtures";
import { open, part } from "./looks";

const readme = readFileSync(new URL("../../js/README.md", import.meta.url), "utf8");
const named = (text: string | undefined, pattern: RegExp) => [...(text ?? "").matchAll(pattern)].map(([, name]) => name).sort();

/** What a page sets, and where it shows; the measure without it where it can be told. */
interface Token {
  readonly value: string;
  readonly part: string;
  readonly property: string;
  readonly shown?: string;
  readonly standard?: string;
}

const TOKENS: Record<string, Token> = {
  "--bonafide-accent": { value: "rgb(1, 2, 3)", part: "launcher", property: "background-color", standard: "rgb(11, 107, 95)" },
  "--bonafide-on-accent": { value: "rgb(2, 3, 4)", part: "launcher", property: "color", standard: "rgb(255, 255, 255)" },
  "--bonafide-surface": { value: "rgb(3, 4, 5)", part: "panel", property: "background-color" },
  "--bonafide-text": { value: "rgb(4, 5, 6)", part: "panel", property: "color" },
  "--bonafide-muted": { value: "rgb(5, 6, 7)", part: "note", property: "color" },
  "--bonafide-line": { value: "rgb(6, 7, 8)", part: "header", property: "border-bottom-color" },
  "--bonafide-bubble": { value: "rgb(7, 8, 9)", part: "greeting", property: "background-color" },
  // The counter of a text that is too long.
  "--bonafide-danger": { value: "rgb(8, 9, 10)", part: "count", property: "color" },
  "--bonafide-font": { value: "monospace", part: "panel", property: "font-family" },
  "--bonafide-font-size": { value: "17px", part: "base", property: "font-size", standard: "15px" },
  "--bonafide-width": { value: "350px", part: "panel", property: "width", standard: "384px" },
  "--bonafide-height": { value: "500px", part: "panel", property: "height", standard: "640px" },
  "--bonafide-radius": { value: "3px", part: "panel", property: "border-top-left-radius", standard: "18px" },
  "--bonafide-offset": { value: "33px", part: "panel", property: "right", standard: "20px" },
  "--bonafide-shadow": { value: "0 0 5px red", part: "launcher", property: "box-shadow", shown: "rgb(255, 0, 0) 0px 0px 5px 0px" },
  "--bonafide-z-index": { value: "77", part: "panel", property: "z-index", standard: "2147480000" },
};

test.use({ viewport: { width: 1100, height: 760 } });

/** What the browser makes of all of it, by token. */
async function shownBy(chat: Chat): Promise<Record<string, string>> {
  const shown: Record<string, string> = {};
  for (const [token, { part: name, property }] of Object.entries(TOKENS)) {
    shown[token] = await part(chat, name).evaluate((element, wanted) => getComputedStyle(element).getPropertyValue(wanted), property);
  }
  return shown;
}

for (const place of [":root", "bonafide-chat"]) {
  test(`every documented custom property, set on ${place}, changes what it is for`, async ({ page, website, visit }) => {
    expect(Object.keys(TOKENS).sort()).toEqual([...new Set(named(readme, /`(--bonafide-[a-z-]+)`/g))]);
    website.visitor = bert;
    const chat = await visit();
    await open(chat);
    await chat.hears("started");
    await chat.box.fill("x".repeat(4_001));
    await expect(chat.box).toHaveAttribute("aria-invalid", "true");
    const before = await shownBy(chat);
    for (const [token, { standard }] of Object.entries(TOKENS)) if (standard) expect(before[token], token).toBe(standard);

    await page.addStyleTag({ content: `${place} { ${Object.entries(TOKENS).map(([token, { value }]) => `${token}: ${value}`).join("; ")} }` });
    const wanted = Object.fromEntries(Object.entries(TOKENS).map(([token, { value, shown = value }]) => [token, shown]));
    for (const [token, shown] of Object.entries(wanted)) expect(before[token], `${token} is another by itself`).not.toBe(shown);
    expect(await shownBy(chat)).toEqual(wanted);
  });
}

test("the page styles a part", async ({ page, visit }) => {
  const chat = await visit();
  await page.addStyleTag({ content: "bonafide-chat::part(launcher) { border-radius: 7px; background: rgb(9, 8, 7); }" });
  await expect(chat.launcher).toHaveCSS("border-top-left-radius", "7px");
  await expect(chat.launcher).toHaveCSS("background-color", "rgb(9, 8, 7)");
});

/** Runs in the page: keeps the name of every part that the chat ever shows. */
function collectParts(): void {
  const found = new Set<string>();
  Object.assign(globalThis, { partsFound: () => [...found] });
  const root = document.querySelector("bonafide-chat")?.shadowRoot as ShadowRoot;
  const collect = () => {
    for (const element of root.querySelectorAll("[part]")) for (const name of element.part) found.add(name);
  };
  collect();
  new MutationObserver(collect).observe(root, { childList: true, subtree: true });
}

test("every documented part is there", async ({ page, product, website, visit }) => {
  const chat = await visit({
    // The button for files is a part, too.
    widget: { files: { maxBytes: 1_000_000, types: ["image/png"] } },
    client: `window.auth = { getAuthenticationToken: function (done) {
      fetch("/auth/token").then(function (answer) { return answer.ok ? answer.text() : null; }).then(done);
    } };`,
  });
  await expect(chat.launcher).toBeVisible();
  await page.evaluate(collectParts);
  await open(chat);
  await expect(part(chat, "card")).toBeVisible();
  website.visitor = bert;
  await part(chat, "card").getByRole("button").click();
  const { conversation } = await chat.hears("started");
  await expect(part(chat, "attach")).toBeVisible();
  await chat.send("Where is my order?");
  await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
  await product.admin.create(`/agent/conversations/${conversation}/messages`, { clientId: "a1", text: "See https://shop.example.com" });
  await expect(chat.log.getByRole("link")).toBeVisible();
  // A renewal that fails puts a button into the banner.
  website.visitor = null;
  await page.evaluate(() => (document.querySelector("bonafide-chat") as unknown as { authenticate(): Promise<void> }).authenticate().catch(() => {}));
  await expect(part(chat, "banner").getByRole("button")).toBeVisible();
  await part(chat, "tool").click();
  await part(chat, "confirm").getByRole("button").last().click();
  await chat.hears("ended");
  await expect(part(chat, "ended")).toBeVisible();

  const documented = named(/^Parts for `::part\(\)`: `(.+)`\.$/m.exec(readme)?.[1], /([a-z-]+)/g);
  expect(documented).toContain("launcher");
  const found = await page.evaluate(() => (globalThis as unknown as { partsFound(): string[] }).partsFound());
  // Only where nobody answers; `nobody.spec.ts` has it.
  found.push("nobody");
  expect(documented.filter((name) => !found.includes(name ?? ""))).toEqual([]);
});
