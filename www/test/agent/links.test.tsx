// Links in what visitors write: safe schemes only, and nothing but what is read is opened.
import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { LinkedText, linkParts } from "../../src/agent/chat/links";

const links = (text: string) => linkParts(text).flatMap(({ href }) => (href === undefined ? [] : [href]));

describe("links in messages", () => {
  it("finds addresses and leaves the marks of the sentence outside", () => {
    expect(links("See https://example.com/a?b=1#c, or (http://example.com/x).")).toEqual([
      "https://example.com/a?b=1#c",
      "http://example.com/x",
    ]);
    expect(links("https://en.wikipedia.org/wiki/Rust_(language)")).toEqual(["https://en.wikipedia.org/wiki/Rust_(language)"]);
    expect(links("mailto:help@example.com")).toEqual(["mailto:help@example.com"]);
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "https://user:secret@example.com",
    "https://",
    "no link at all",
  ])("makes none of %s", (text) => {
    expect(links(text)).toEqual([]);
  });

  it("keeps every letter of the text", () => {
    const text = "a <b>https://example.com</b> \u202e b https://x:y@z c";
    expect(linkParts(text).map((part) => part.text).join("")).toBe(text);
  });

  it("shows markup as text, and opens links apart from the console", () => {
    render(<LinkedText text="<img src=x onerror=alert(1)> https://example.com" />);
    expect(document.querySelector("img")).toBeNull();
    const link = screen.getByRole("link", { name: "https://example.com" });
    expect(link).toHaveAttribute("rel", expect.stringContaining("noopener"));
  });
});
