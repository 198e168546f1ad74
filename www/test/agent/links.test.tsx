// Links in what visitors write: the same ones as in the visitor's chat, safe schemes only, and nothing but what is read opens.
import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { richText } from "../../../js/src/panel/rich-text";
import { LinkedText } from "../../src/agent/chat/links";

const texts: [text: string, links: string[]][] = [
  ["See https://example.com/a?b=1#c, or (http://example.com/x).", ["https://example.com/a?b=1#c", "http://example.com/x"]],
  ["https://en.wikipedia.org/wiki/Rust_(language)", ["https://en.wikipedia.org/wiki/Rust_(language)"]],
  ["read https://example.com/it's_here, please", ["https://example.com/it's_here"]],
  ["‘https://example.com/quoted’", ["https://example.com/quoted"]],
  ["https://example.com/`code`", ["https://example.com/%60code%60"]],
  ["«https://example.com/x»", ["https://example.com/x"]],
  ["詳しくは https://example.com/b。", ["https://example.com/b"]],
  ["mailto:help@example.com", ["mailto:help@example.com"]],
  ["call tel:+4712345678 now", ["tel:+4712345678"]],
  ["https://user:secret@example.com", ["https://user:secret@example.com/"]],
  ["HTTPS://EXAMPLE.COM/Path", ["https://example.com/Path"]],
  ["javascript:alert(1)", []],
  ["data:text/html,<script>alert(1)</script>", []],
  ["vbscript:x", []],
  ["file:///etc/passwd", []],
  ["ftp://example.com", []],
  ["https://", []],
  ["xhttps://example.com", []],
  ["no link at all", []],
  ["a <b>https://example.com</b> \u202e b", ["https://example.com/"]],
];

/** Addresses and words of the links that stand below an element. */
const linksIn = (element: Element) => [...element.querySelectorAll("a")].map((link) => [link.href, link.textContent, link.target]);

describe("links in messages", () => {
  it.each(texts)("of %s are the same for the agent and for the visitor", (text, links) => {
    const { container: agent } = render(<LinkedText text={text} />);
    const visitor = document.createElement("p");
    visitor.append(...richText(text));
    expect(linksIn(agent)).toEqual(linksIn(visitor));
    expect(linksIn(agent).map(([href]) => href)).toEqual(links);
    expect(agent.textContent).toBe(text);
  });

  it("shows markup as text, and opens links apart from the console", () => {
    render(<LinkedText text="<img src=x onerror=alert(1)> https://example.com" />);
    expect(document.querySelector("img")).toBeNull();
    const link = screen.getByRole("link", { name: "https://example.com" });
    expect(link).toHaveAttribute("rel", expect.stringContaining("noopener"));
    expect(link).toHaveAttribute("target", "_blank");
  });
});
