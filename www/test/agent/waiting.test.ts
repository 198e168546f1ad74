// How a wait is told, and what stands in the title and the icon.
import { render, renderHook } from "@testing-library/react";
import { createElement } from "react";
import { describe, expect, it } from "vitest";
import { latenessOf, WaitingTime } from "../../src/agent/inbox/WaitingTime";
import { iconWith, useFaviconCount } from "../../src/shell/favicon";
import { duration } from "../../src/shell/times";
import { useTitle, useTitleCount } from "../../src/shell/useTitle";

const minutes = (count: number) => count * 60_000;

describe("a wait", () => {
  it("is long after 5 minutes and very long after 15", () => {
    expect([4.9, 5.1, 14.9, 15.1].map((count) => latenessOf(minutes(count)))).toEqual(["none", "late", "late", "very-late"]);
  });

  it("is not called long where an agent had the conversation meanwhile", () => {
    const marks = (isBack: boolean) => render(createElement(WaitingTime, { since: "2026-11-22T20:00:00.000Z", isBack })).container.querySelectorAll("svg");
    expect(marks(false)).toHaveLength(1);
    expect(marks(true)).toHaveLength(0);
  });

  it.each([
    [-5_000, "0"],
    [minutes(59.9), "59"],
    [minutes(125), "2"],
    [minutes(60 * 49), "2"],
  ])("of %i ms is told in whole units", (waited, number) => {
    expect(duration(waited)).toMatch(new RegExp(`^${number}\\D`));
  });
});

describe("the title", () => {
  it("has the count before every page's name, as long as there is one", () => {
    const page = renderHook(({ title }) => useTitle(title), { initialProps: { title: "Inbox" } });
    const count = renderHook(({ text }) => useTitleCount(text), { initialProps: { text: "3" } });
    expect(document.title).toBe("(3) Inbox · Bonafide");
    page.rerender({ title: "Queues" });
    expect(document.title).toBe("(3) Queues · Bonafide");
    count.rerender({ text: "200+" });
    expect(document.title).toBe("(200+) Queues · Bonafide");
    count.unmount();
    expect(document.title).toBe("Queues · Bonafide");
  });
});

describe("the icon", () => {
  it("shows the count, and is the plain one again", () => {
    document.head.innerHTML = '<link rel="icon" href="/icon.svg">';
    const href = () => document.querySelector<HTMLLinkElement>("link[rel=icon]")?.getAttribute("href");
    const count = renderHook(({ number }) => useFaviconCount(number), { initialProps: { number: 7 } });
    expect(href()).toBe(iconWith(7));
    expect(decodeURIComponent(iconWith(120))).toContain(">99+<");
    count.rerender({ number: 0 });
    expect(href()).toMatch(/icon\.svg$/);
  });
});
