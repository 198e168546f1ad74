// The page around the chat: how it writes does not reach the chat, and what the visitor types there is no business of the page's.

import type { Page } from "@playwright/test";

import type { Chat } from "../product/chat.mjs";
import { bert, expect, test } from "./fixtures";
import { open, part } from "./looks";

test.use({ viewport: { width: 1100, height: 760 }, contextOptions: { reducedMotion: "reduce" } });

/** Styles that elements inherit, each with a value that nobody has by chance. */
const WRITING: Record<string, string> = {
  "border-collapse": "collapse",
  "border-spacing": "7px",
  "caption-side": "bottom",
  "caret-color": "rgb(1, 2, 3)",
  color: "rgb(1, 2, 3)",
  cursor: "wait",
  "empty-cells": "hide",
  "font-family": "monospace",
  "font-feature-settings": '"smcp"',
  "font-kerning": "none",
  "font-optical-sizing": "none",
  "font-size": "31px",
  "font-size-adjust": "0.9",
  "font-style": "italic",
  "font-variant-caps": "small-caps",
  "font-variant-numeric": "oldstyle-nums",
  "font-variation-settings": '"wght" 700',
  "font-weight": "800",
  "font-stretch": "75%",
  hyphens: "auto",
  "hyphenate-character": '"="',
  "image-rendering": "pixelated",
  "letter-spacing": "9px",
  "line-break": "anywhere",
  "line-height": "3",
  "list-style-type": "square",
  orphans: "4",
  "overflow-wrap": "anywhere",
  "pointer-events": "none",
  quotes: '"a" "b"',
  "tab-size": "1",
  "text-align": "center",
  "text-align-last": "justify",
  "text-indent": "40px",
  "text-orientation": "upright",
  "text-rendering": "geometricPrecision",
  "text-shadow": "1px 1px 1px red",
  "text-transform": "uppercase",
  "text-wrap-mode": "nowrap",
  "text-underline-offset": "9px",
  "text-emphasis-style": "dot",
  "user-select": "none",
  "white-space-collapse": "preserve",
  widows: "4",
  "word-break": "break-all",
  "word-spacing": "12px",
  "writing-mode": "vertical-rl",
  "-webkit-text-fill-color": "rgb(4, 5, 6)",
  "-webkit-text-stroke-width": "2px",
  "-webkit-line-break": "anywhere",
};

/** Names that pages use for their own custom properties, some of them registered as something that is no colour. */
const TOKENS = ["a", "on", "accent", "on-accent", "surface", "text", "muted", "line", "bubble", "danger", "shadow", "gap", "slot"];
const OWN = `${TOKENS.map((name) => `@property --${name} { syntax: "<angle>"; inherits: true; initial-value: 0deg; }`).join("\n")}
  :root { ${TOKENS.map((name) => `--${name}: 90deg;`).join(" ")} }`;

/** All that the browser makes of every element of the chat. */
const looksOf = (page: Page): Promise<Record<string, Record<string, string>>> =>
  page.evaluate(() => {
    const root = document.querySelector("bonafide-chat")?.shadowRoot as ShadowRoot;
    const looks: Record<string, Record<string, string>> = {};
    for (const [index, element] of [...root.querySelectorAll("*")].entries()) {
      const style = getComputedStyle(element);
      const name = `${index} ${element.localName}.${element.getAttribute("class")}`;
      looks[name] = Object.fromEntries([...style].filter((property) => !property.startsWith("--")).map((property) => [property, style.getPropertyValue(property)]));
      for (const pseudo of ["::before", "::placeholder"]) {
        const { letterSpacing, textTransform, color } = getComputedStyle(element, pseudo);
        looks[`${name}${pseudo}`] = { letterSpacing, textTransform, color };
      }
    }
    return looks;
  });

/** What differs, by element and property. */
function differences(before: Record<string, Record<string, string>>, now: Record<string, Record<string, string>>): string[] {
  return Object.entries(before).flatMap(([element, look]) =>
    Object.entries(look).flatMap(([property, value]) => (now[element]?.[property] === value ? [] : [`${element} ${property}: ${value}, now ${now[element]?.[property]}`])),
  );
}

async function talking({ website, visit, product }: { website: { visitor: unknown }; visit: () => Promise<Chat>; product: Parameters<typeof answer>[0] }): Promise<Chat> {
  website.visitor = bert;
  const chat = await visit();
  await open(chat);
  const { conversation } = await chat.hears("started");
  await chat.send("Where is my order?");
  await answer(product, conversation);
  await expect(chat.log.getByText("On its way")).toBeVisible();
  await expect(chat.log.getByText(/· Read/)).toBeVisible();
  return chat;
}

async function answer(product: { admin: { create(path: string, body: object): Promise<unknown> } }, conversation: string): Promise<void> {
  await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
  await product.admin.create(`/agent/conversations/${conversation}/messages`, { clientId: "a1", text: "On its way: https://shop.example.com" });
}

for (const place of ["html", "body", "*"]) {
  test(`nothing of how the page writes reaches the chat, when it is said of ${place}`, async ({ page, product, website, visit }) => {
    await talking({ product, website, visit });
    const before = await looksOf(page);
    const writing = Object.entries(WRITING).map(([property, value]) => `${property}: ${value} !important;`);
    await page.addStyleTag({ content: `${place} { ${writing.join(" ")} }\n${OWN}` });
    await expect(page.getByRole("heading", { name: "Cart" }), "the page itself is written so").toHaveCSS("letter-spacing", "9px");
    expect(differences(before, await looksOf(page))).toEqual([]);
    await page.screenshot({ path: test.info().outputPath("page-around.png") });
  });
}

test("what is written in the chat can be selected and copied, although the page forbids that", async ({ page, product, website, visit }) => {
  const chat = await talking({ product, website, visit });
  await page.addStyleTag({ content: "* { user-select: none !important; }" });
  await page.evaluate(() => {
    for (const type of ["selectstart", "copy", "contextmenu", "keydown"]) document.addEventListener(type, (event) => event.preventDefault());
  });
  await chat.log.getByText("Where is my order?").click({ clickCount: 3 });
  expect(await page.evaluate(() => String(getSelection()))).toContain("Where is my order?");
  const copied = page.evaluate(
    () =>
      new Promise((done) => {
        const root = document.querySelector("bonafide-chat")?.shadowRoot as ShadowRoot;
        root.addEventListener("copy", (event) => setTimeout(() => done(event.defaultPrevented)));
      }),
  );
  await page.keyboard.press("ControlOrMeta+c");
  expect(await copied, "the page keeps nobody from copying").toBe(false);
});

test("the page hides the element, darkens it and turns it round as any other", async ({ page, visit }) => {
  const chat = await visit();
  await expect(chat.launcher).toBeVisible();
  for (const rule of ["bonafide-chat { display: none }", "bonafide-chat { visibility: hidden }", "body { visibility: hidden }"]) {
    const style = await page.addStyleTag({ content: rule });
    await expect(chat.launcher, rule).toBeHidden();
    await style.evaluate((element) => (element as HTMLElement).remove());
    await expect(chat.launcher).toBeVisible();
  }
  await chat.element.evaluate((element: HTMLElement) => {
    element.hidden = true;
  });
  await expect(chat.launcher, "hidden").toBeHidden();
  await chat.element.evaluate((element: HTMLElement) => {
    element.hidden = false;
  });
  const isLeft = async () => ((await chat.launcher.boundingBox())?.x ?? 0) < 550;
  expect(await isLeft()).toBe(false);
  await page.addStyleTag({ content: "html { direction: rtl; color-scheme: dark }" });
  expect(await isLeft(), "in a page that runs from right to left").toBe(true);
  await open(chat);
  await expect(part(chat, "panel")).toHaveCSS("background-color", "rgb(23, 28, 30)");
});

/** Listens to all that somebody who types makes happen, as shortcuts, filters and analytics do. */
function listen(types: string[]): void {
  const heard: string[] = [];
  Object.assign(globalThis, { heard });
  for (const type of types) {
    for (const target of [document, document.body, window]) {
      target.addEventListener(type, (event) => {
        heard.push(type);
        event.preventDefault();
      });
    }
  }
}

const TYPED = [
  "keydown", "keypress", "keyup", "beforeinput", "input", "change", "compositionstart", "compositionupdate", "compositionend", "copy", "cut", "paste",
  "focus", "blur", "focusin", "focusout", "select", "submit", "selectstart", "contextmenu", "wheel", "touchmove",
];

test("what is typed is typed, and the page hears nothing of it", async ({ page, context, website, visit }) => {
  website.visitor = bert;
  const chat = await visit();
  await open(chat);
  await chat.hears("started");
  await page.evaluate(listen, TYPED);
  await chat.box.click();
  await page.keyboard.type("j k / ? g i");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("f");
  const cdp = await context.newCDPSession(page);
  await cdp.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
  await cdp.send("Input.insertText", { text: "日" });
  await expect(chat.box).toHaveValue("j k / ? g i\nf日");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+x");
  await expect(chat.box).toHaveValue("");
  await page.keyboard.press("ControlOrMeta+v");
  await expect(chat.box).toHaveValue("j k / ? g i\nf日");
  await page.keyboard.press("Enter");
  await expect(chat.log.getByText("j k / ? g i")).toBeVisible();
  await chat.log.hover();
  await page.mouse.wheel(0, 40);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await expect(chat.panel).toBeHidden();
  expect(await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)).toEqual([]);
  // The listeners do hear the page.
  await page.evaluate(() => document.body.append(document.createElement("input")));
  await page.locator("body > input").focus();
  await page.keyboard.press("j");
  expect(await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)).toContain("keydown");
});

/** How dialogs keep the focus. Each gives it back to itself, whatever gets it outside. */
const TRAPS: Record<string, string> = {
  "focusin on the document": `document.addEventListener("focusin", (event) => dialog.contains(event.target) || button.focus())`,
  "focusin in the capture phase": `document.addEventListener("focusin", (event) => {
    if (dialog.contains(event.target)) return;
    event.stopImmediatePropagation();
    button.focus();
  }, true)`,
  "focus in the capture phase": `document.addEventListener("focus", (event) => dialog.contains(event.target) || button.focus(), true)`,
  "focus on the window": `window.addEventListener("focusin", (event) => dialog.contains(event.target) || button.focus(), true)`,
  "focus that leaves": `document.addEventListener("focusout", (event) => event.target === dialog || dialog.contains(event.target) || button.focus())`,
  "a look now and then": `setInterval(() => document.activeElement === document.body && button.focus(), 20)`,
};

for (const [how, trap] of Object.entries(TRAPS)) {
  test(`a dialog of the page keeps the focus by ${how}, and the field of the chat keeps its own`, async ({ page, website, visit }) => {
    website.visitor = bert;
    const chat = await visit();
    await open(chat);
    await chat.hears("started");
    await page.evaluate(`(() => {
      const dialog = document.createElement("div");
      dialog.setAttribute("role", "dialog");
      const button = dialog.appendChild(document.createElement("button"));
      button.textContent = "Accept";
      const outside = document.createElement("button");
      outside.textContent = "Outside";
      document.body.append(dialog, outside);
      button.focus();
      ${trap};
    })()`);
    await chat.box.click();
    await page.keyboard.type("Do I need ");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.type("an account?");
    await expect(chat.box).toHaveValue("Do I need an account?");
    await expect(chat.box).toBeFocused();
  });
}
