/** Message text to nodes: what becomes a link, what does not, and that nothing becomes markup. */
import { describe, expect, it } from "vitest";
import { plainName, richText } from "../src/panel/rich-text";

const links = (text: string) =>
  richText(text).flatMap((node) => (node instanceof HTMLAnchorElement ? [[node.getAttribute("href"), node.textContent]] : []));
const shown = (text: string) =>
  richText(text)
    .map((node) => (typeof node === "string" ? node : node.textContent))
    .join("");

describe("links", () => {
  it.each([
    ["see https://a.example/x?y=1#z for more", "https://a.example/x?y=1#z"],
    ["http://a.example", "http://a.example/"],
    ["write to mailto:me@a.example", "mailto:me@a.example"],
    ["call tel:+4712345678 now", "tel:+4712345678"],
    ["(https://a.example/b)", "https://a.example/b"],
    ["https://en.example/wiki/Cup_(unit)", "https://en.example/wiki/Cup_(unit)"],
    ["Is it https://a.example?", "https://a.example/"],
    ["https://a.example/b, then", "https://a.example/b"],
    ["“https://a.example”", "https://a.example/"],
    ["詳しくは https://a.example/b。", "https://a.example/b"],
  ])("%s", (text, address) => {
    expect(links(text).map(([href]) => href)).toEqual([address]);
    expect(shown(text)).toBe(text);
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,<b>x</b>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://a.example",
    "https://",
    "xhttps://a.example",
    "a.example",
    // Whose it seems to be is a name for the one that it leads to.
    "https://bank.example@evil.example",
    "https://:secret@evil.example",
  ])("none in %s", (text) => {
    expect(links(text)).toEqual([]);
    expect(shown(text)).toBe(text);
  });

  it("open a new page without a handle on ours; mail and calls do not", () => {
    const [page, mail] = ["https://a.example", "mailto:a@a.example"].map((text) => richText(text)[0] as HTMLAnchorElement);
    expect(page?.getAttribute("rel")).toBe("noopener noreferrer");
    expect(page?.getAttribute("target")).toBe("_blank");
    expect(mail?.hasAttribute("target")).toBe(false);
  });

  it("keep the text as it was typed, so that an address cannot pose as another", () => {
    expect(links("https://аpple.example/%41")).toEqual([[new URL("https://аpple.example/%41").href, "https://аpple.example/%41"]]);
  });
});

it("markup stays text", () => {
  const text = '<img src=x onerror="alert(1)"><b>&amp;</b>\n<script>1</script>';
  expect(richText(text)).toEqual([text]);
});

it("takes long input in its stride", () => {
  const text = `${"https://a.example/".repeat(200)}${")".repeat(4_000)}`;
  expect(shown(text)).toBe(text);
});

it("names lose what could disguise them", () => {
  expect(plainName("\u202eayaM\u202c\u0000\n Lee\u2066")).toBe("ayaM Lee");
});
