/** The script tag: what it puts into a page, and how often. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { given, homeOf } from "../src/tag";

beforeEach(() => {
  vi.stubGlobal("__CHAT_CHUNK__", "assets/chat-1.js#1");
  document.head.replaceChildren();
  document.body.replaceChildren();
  vi.resetModules();
});

async function run(attributes: Record<string, string>) {
  const script = document.createElement("script");
  // A script that is in the page's text, not one that the page would fetch.
  script.type = "text/plain";
  for (const [name, value] of Object.entries({ src: "https://chat.example.com/v1/embed.js", ...attributes }))
    script.setAttribute(name, value);
  document.head.replaceChildren(script);
  Object.defineProperty(document, "currentScript", { value: script, configurable: true });
  const before = Object.keys(globalThis);
  await import("../src/embed");
  expect(Object.keys(globalThis), "no globals").toEqual(before);
  return [...document.querySelectorAll("bonafide-chat")];
}

it("makes an element from its data attributes, with the script's own place as the server", async () => {
  const [element, ...others] = await run({
    "data-widget": "wgt_1",
    "data-position": "start",
    "data-accent-color": "#112233",
    "data-evil": "x",
  });
  expect(others).toEqual([]);
  const attributes = Object.fromEntries([...(element?.attributes ?? [])].map(({ name, value }) => [name, value]));
  expect(attributes).toEqual({ widget: "wgt_1", position: "start", "accent-color": "#112233", server: "https://chat.example.com/v1" });
});

it("takes another server when it is told one", async () => {
  const [element] = await run({ "data-widget": "wgt_1", "data-server": "https://other.example" });
  expect(element?.getAttribute("server")).toBe("https://other.example");
});

it("twice in a page makes one chat; two widgets make two", async () => {
  await run({ "data-widget": "wgt_1" });
  vi.resetModules();
  expect(await run({ "data-widget": "wgt_1" })).toHaveLength(1);
  vi.resetModules();
  expect(await run({ "data-widget": "wgt_2" })).toHaveLength(2);
});

it("without a widget only defines the element; with an empty one the element says so", async () => {
  expect(await run({})).toHaveLength(0);
  vi.resetModules();
  expect(await run({ "data-widget": "" })).toHaveLength(1);
});

describe("what a tag says", () => {
  const src = "https://chat.example.com/embed.js";

  it.each([
    ["by its attribute", { src, "data-widget": "wgt_1" }, "wgt_1"],
    ["by its address", { src: `${src}?widget=wgt_1` }, "wgt_1"],
    ["by the attribute first", { src: `${src}?widget=wgt_2`, "data-widget": "wgt_1" }, "wgt_1"],
    ["encoded", { src: `${src}?v=1&widget=wgt%5F1&x#widget=wgt_2` }, "wgt_1"],
    ["nothing, by its fragment", { src: `${src}#widget=wgt_1` }, null],
    ["nothing", { src }, null],
    ["nothing, without an address", {}, null],
  ])("%s", (_, attributes, widget) => {
    expect(given(tag(attributes), "widget")).toBe(widget);
  });

  it.each([
    ["its folder", { src: `${src}?from=/x/y` }, "https://chat.example.com/"],
    ["a deeper one", { src: "https://chat.example.com/v1/embed.js" }, "https://chat.example.com/v1/"],
    ["an app's own scheme", { src: "capacitor://localhost/embed.js" }, "capacitor://localhost/"],
    ["its folder, though the server is elsewhere", { src, "data-server": "https://other.example" }, "https://chat.example.com/"],
    ["the server, where the text stands in the page", { "data-server": "https://chat.example.com" }, "https://chat.example.com/"],
    [
      "the server, from a blob",
      { src: "blob:https://shop.example/5c1e", "data-server": "https://chat.example.com/" },
      "https://chat.example.com/",
    ],
    ["nowhere, from a blob", { src: "blob:https://shop.example/5c1e" }, undefined],
    ["nowhere, from data", { src: "data:text/javascript,void 0" }, undefined],
    ["nowhere", {}, undefined],
  ])("came from %s", (_, attributes, home) => {
    expect(homeOf(tag(attributes))).toBe(home);
  });

  function tag(attributes: Record<string, string>): HTMLScriptElement {
    const script = document.createElement("script");
    script.type = "text/plain";
    for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value);
    return script;
  }
});
