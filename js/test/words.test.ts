/** The panel's words: built anew only when they change, and then around what the visitor is at. */
import { describe, expect, it, vi } from "vitest";
import { Panel } from "../src/panel/panel";
import { loadLanguage } from "../src/strings/strings";
import { place, settled } from "./dom";

async function opened() {
  // Their chunks are there, so that nothing but microtasks lies between a change and its words.
  await Promise.all(["ar", "de"].map((tag) => loadLanguage(tag, {})));
  const chat = place();
  await settled();
  await chat.element.open();
  await settled();
  return chat;
}

describe("words of the page's own", () => {
  it("that say the same as before leave the panel alone", async () => {
    const chat = await opened();
    chat.element.strings = { title: "Orders" };
    await settled();
    const dialog = chat.find("dialog");
    chat.element.strings = { title: "Orders" };
    await settled();
    expect(chat.find("dialog")).toBe(dialog);
    expect(chat.find("h2").textContent).toBe("Orders");
    chat.element.strings = undefined;
    await settled();
    expect(chat.find("h2").textContent).toBe("Chat");
  });

  it("also name the launcher, and count", async () => {
    const chat = await opened();
    chat.element.strings = { open: "Ask us", close: "Enough", unread: "{n} for you" };
    expect(chat.launcher().getAttribute("aria-label")).toBe("Enough");
    chat.element.close();
    chat.engine().draw({ phase: "active", unread: 2 });
    expect(chat.launcher().getAttribute("aria-label")).toBe("Ask us. 2 for you");
    chat.element.lang = "de";
    expect(chat.launcher().getAttribute("aria-label")).toBe("Ask us. 2 for you");
  });
});

describe("another language", () => {
  it("keeps what the visitor is writing, where they are in it, and the focus", async () => {
    const chat = await opened();
    chat.engine().draw({ phase: "active" });
    // Where storage is blocked, only the field has it.
    vi.spyOn(Object.getPrototypeOf(sessionStorage), "setItem").mockImplementation(() => {
      throw new Error("blocked");
    });
    const before = chat.find<HTMLTextAreaElement>(".input");
    before.value = "Where is my order?";
    before.dispatchEvent(new Event("input", { bubbles: true }));
    before.focus();
    before.setSelectionRange(6, 8);
    chat.element.lang = "de";
    await settled();
    const input = chat.find<HTMLTextAreaElement>(".input");
    expect(input).not.toBe(before);
    expect(input.placeholder).toBe("Nachricht schreiben…");
    expect([input.value, input.selectionStart, input.selectionEnd]).toEqual(["Where is my order?", 6, 8]);
    expect(chat.element.shadowRoot?.activeElement).toBe(input);
    expect(chat.find<HTMLDialogElement>("dialog").open).toBe(true);
  });

  it("leaves the focus in the field on a phone too, where nothing else would put it there", async () => {
    vi.stubGlobal("matchMedia", () => ({ matches: true }));
    const chat = await opened();
    chat.find(".input").focus();
    chat.element.lang = "de";
    await settled();
    expect(chat.element.shadowRoot?.activeElement).toBe(chat.find(".input"));
  });

  it("keeps the place in the conversation", async () => {
    const chat = await opened();
    chat.engine().draw({ phase: "active" });
    const scroll = chat.find(".scroll");
    Object.defineProperties(scroll, { scrollHeight: { value: 900 }, clientHeight: { value: 300 } });
    scroll.dispatchEvent(new Event("scroll"));
    scroll.scrollTop = 120;
    scroll.dispatchEvent(new Event("scroll"));
    chat.element.lang = "de";
    await settled();
    expect(chat.find(".scroll")).not.toBe(scroll);
    expect(chat.find(".scroll").scrollTop).toBe(120);
  });
});

describe("a page that put something on all objects", () => {
  it.each([
    ["toJSON", (): string => "the same for all"],
    ["toJSON", undefined],
    ["title", "polluted"],
    ["greeting", "polluted"],
    ["open", () => {}],
    ["drawn", "polluted"],
    ["text", "polluted"],
    ["toString", (): string => "polluted"],
  ] as const)("still has another language drawn, and no words of that: %s", async (name, value) => {
    const chat = await opened();
    const kinds = [Object.prototype, Array.prototype, String.prototype] as unknown as Record<string, unknown>[];
    const before = kinds.map((kind) => Object.getOwnPropertyDescriptor(kind, name));
    for (const kind of kinds) Object.defineProperty(kind, name, { value, configurable: true, writable: true });
    let seen: (string | null)[] = [];
    try {
      chat.engine().draw({ phase: "active", appearance: {} });
      chat.element.lang = "de";
      await settled();
      seen = [
        chat.find("h2").textContent,
        chat.find<HTMLTextAreaElement>(".input").placeholder,
        chat.launcher().getAttribute("aria-label"),
      ];
      seen.push(chat.find("[part=greeting]").textContent);
    } finally {
      kinds.forEach((kind, index) => {
        const descriptor = before[index];
        if (descriptor) Object.defineProperty(kind, name, descriptor);
        else delete kind[name];
      });
    }
    expect(seen).toEqual(["Chat", "Nachricht schreiben…", "Chat schließen", ""]);
  });
});

describe("a language that takes its time", () => {
  it("is not drawn once the panel is gone", async () => {
    const chat = await opened();
    chat.element.lang = "de";
    chat.element.remove();
    await settled();
    expect(chat.has("dialog")).toBe(false);
  });

  it("does not come after one that was asked for later", async () => {
    const chat = await opened();
    let arrive = () => {};
    const slow = new Promise<void>((done) => {
      arrive = done;
    });
    const panels = vi.spyOn(Panel.prototype, "translate");
    const strings = await import("../src/strings/strings");
    const { loadLanguage: load } = strings;
    vi.spyOn(strings, "loadLanguage").mockImplementation(async (tag, words) => {
      if (tag === "ar") await slow;
      return load(tag, words);
    });
    chat.element.lang = "ar";
    chat.element.lang = "de";
    await settled();
    arrive();
    await settled();
    expect(panels).toHaveBeenCalledTimes(2);
    expect(chat.find(".inner").getAttribute("lang")).toBe("de");
    expect(chat.element.shadowRoot?.querySelectorAll("dialog")).toHaveLength(1);
  });
});
