/** The open chat: what it shows and announces in each state, and what keys and buttons do. */
import { describe, expect, it, vi } from "vitest";
import type { Appearance } from "../src/engine/pkg/bonafide_widget";
import { loadLanguage } from "../src/strings/strings";
import { place, settled } from "./dom";

const look: Appearance = { title: "Shop support", greeting: "Hello!", accentColor: "#ffd400", position: "start" };

async function opened(attributes: Record<string, string> = {}) {
  const chat = place(attributes);
  await settled();
  await chat.element.open();
  await settled();
  const engine = chat.engine();
  const input = chat.find<HTMLTextAreaElement>(".input");
  const type = (text: string) => {
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const press = (key: string, more: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
    input.dispatchEvent(event);
    return event;
  };
  const announced = () => chat.find(".panel [role=status]").textContent ?? "";
  const texts = (selector: string) => [...(chat.element.shadowRoot?.querySelectorAll(selector) ?? [])].map((node) => node.textContent);
  return { ...chat, engine, input, type, press, announced, texts };
}

describe("states", () => {
  it("are shown and announced from the first moment to the agent", async () => {
    const { engine, announced, find, texts } = await opened();
    engine.draw({ phase: "configuring" });
    expect(announced()).toBe("One moment…");
    engine.draw({ phase: "authenticating", appearance: look });
    expect(announced()).toBe("Confirming your sign-in…");
    expect(texts("h2")).toEqual(["Shop support"]);
    expect(texts(".greeting .bubble")).toEqual(["Hello!"]);
    engine.draw({ phase: "waiting", connection: "online", queue: "Gold", position: 3, identity: "current" });
    expect(announced()).toBe("Waiting for an agent. You are number 3 in line. Signed in");
    expect(texts(".note")).toEqual(["You are number 3 in line"]);
    engine.draw({ phase: "active", position: null, agent: "Maya" });
    expect(announced()).toBe("You are chatting with \u2068Maya\u2069. Signed in");
    expect(texts(".state p")).toEqual(["Maya"]);
    engine.draw({ phase: "ended", connection: "none" });
    expect(announced()).toContain("This chat has ended");
    expect(find(".proof").hidden).toBe(true);
  });

  it("take the server's look, unless the page chose its own", async () => {
    const server = await opened();
    server.engine.draw({ appearance: look });
    expect(server.find(".base").style.getPropertyValue("--bf-accent")).toBe("#ffd400");
    expect(server.find(".base").style.getPropertyValue("--bf-on-accent"), "readable on yellow").toBe("#111");
    expect(server.find(".base").classList.contains("start")).toBe(true);
    server.element.remove();
    const page = await opened({ widget: "wgt_2", "accent-color": "#003366", position: "end" });
    page.engine.draw({ appearance: look });
    expect(page.find(".base").style.getPropertyValue("--bf-accent")).toBe("#003366");
    expect(page.find(".base").classList.contains("start")).toBe(false);
    page.engine.draw({ appearance: { accentColor: "red; background: url(x)" } });
    expect(page.find(".base").style.getPropertyValue("--bf-accent")).toBe("#003366");
  });

  it("offer what can be done about a failure, with its code for support", async () => {
    const { engine, find, has, announced } = await opened();
    const error = { code: "network-unreachable", message: "fetch failed", requestId: "req_1", retryable: true } as const;
    engine.draw({ phase: "failed", error });
    expect(find(".card h3").textContent).toBe("We can’t reach the chat");
    expect(find(".card .code").textContent).toBe("Code: network-unreachable · req_1");
    expect(find(".card").textContent).not.toContain("fetch failed");
    expect(announced()).toBe("We can’t reach the chat. Please check your connection and try again.");
    expect(has(".composer")).toBe(false);
    find(".card .button").click();
    await settled();
    expect(engine.calls.at(-1)).toBe("start");
    engine.draw({ phase: "failed", error: { ...error, code: "origin-not-allowed", retryable: false } });
    expect(has(".card .button")).toBe(false);
    engine.draw({ phase: "waiting", error: null });
    expect(has(".card")).toBe(false);
    expect(has(".composer")).toBe(true);
  });

  it("move the focus on when they take it away", async () => {
    const { engine, element, input, find } = await opened();
    engine.draw({ phase: "active" });
    input.focus();
    engine.draw({ phase: "sign-in-needed", signIn: "required" });
    expect(element.shadowRoot?.activeElement).toBe(find(".card .button"));
    engine.draw({ phase: "waiting" });
    expect(element.shadowRoot?.activeElement).toBe(find(".input"));
  });

  it("tell of a lost connection and a lapsed sign-in while the conversation stays", async () => {
    const { engine, find, has } = await opened();
    engine.draw({ phase: "active", connection: "offline" });
    expect(find(".banner").textContent).toContain("No connection");
    engine.draw({ connection: "online", identity: "lapsed" });
    expect(find(".banner").textContent).toContain("Your sign-in has expired");
    find(".banner button").click();
    await settled();
    expect(engine.calls.at(-1)).toBe("authenticate");
    engine.draw({ identity: "current" });
    expect(find(".banner").textContent).toBe("");
    expect(has(".composer")).toBe(true);
  });
});

describe("messages", () => {
  it("are a polite log, in order, each drawn once", async () => {
    const { engine, find, texts } = await opened();
    engine.draw({ phase: "active" });
    expect(find("[role=log]").getAttribute("aria-label")).toBe("Messages");
    const first = engine.message("one", { order: 5 });
    const row = find(".row:not(.greeting)");
    engine.message("zero", { order: 1 });
    engine.tell({ type: "messages", messages: [{ ...first, delivery: "read" }] });
    expect(texts("[role=log] .bubble")).toEqual(["zero", "one"]);
    expect(find("[role=log]").lastElementChild, "the row is moved, not made again").toBe(row);
    engine.tell({ type: "cleared" });
    expect(texts("[role=log] .bubble")).toEqual([]);
  });

  it("say who wrote them, and how far the visitor's own got", async () => {
    const { engine, texts, find } = await opened();
    engine.draw({ phase: "active" });
    engine.message("Hello", { name: "Ma\u202eya" });
    expect(texts("bdi.name")).toEqual(["Maya"]);
    const sent = engine.message("Hi", { from: "visitor", name: null, sentAt: null, delivery: "sending" });
    expect(texts(".own .quiet")).toEqual(["You"]);
    expect(find(".own .meta").textContent).toBe("Sending…");
    expect(find(".own .meta").getAttribute("aria-live"), "only the message itself is announced").toBe("off");
    engine.tell({ type: "messages", messages: [{ ...sent, delivery: "failed" }] });
    expect(find(".own .meta").textContent).toBe("Not sent · Try again");
    find(".own .meta button").click();
    expect(engine.calls.at(-1)).toBe(`retry ${sent.clientId}`);
    engine.tell({ type: "messages", messages: [{ ...sent, delivery: "read", sentAt: "2026-11-22T09:00:00Z" }] });
    expect(find(".own .meta").textContent).toMatch(/· Read$/);
  });

  it("say of each that was not sent, once, in a place of its own", async () => {
    const { engine, find } = await opened();
    engine.draw({ phase: "active" });
    const place = find(".inner > [role=status]:last-child");
    const said: (string | null)[] = [];
    new MutationObserver(() => said.push(place.textContent)).observe(place, { childList: true });
    const own = { from: "visitor", name: null, sentAt: null } as const;
    const first = engine.message("one", { ...own, delivery: "failed" });
    engine.message("an answer");
    engine.draw({ unread: 1 });
    engine.message("two", { ...own, delivery: "failed" });
    engine.message("another answer");
    await vi.waitFor(() => expect(said.at(-1)).toBe("Not sent: two"));
    expect(new Set(said).size).toBe(said.length);
    engine.tell({ type: "messages", messages: [{ ...first, delivery: "sent" }] });
    expect(place.textContent).toBe("Not sent: two");
  });

  it("are not read out when a transcript is put back, but then again", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const { element, engine, find } = await opened();
      engine.draw({ phase: "active" });
      const known = ["one", "two", "three"].map((text) => engine.message(text));
      expect(find("[role=log]").ariaBusy).not.toBe("true");
      engine.tell({ type: "cleared" });
      engine.tell({ type: "messages", messages: known });
      expect(find("[role=log]").ariaBusy).toBe("true");
      vi.advanceTimersByTime(500);
      expect(find("[role=log]").ariaBusy).toBe("false");
      engine.tell({ type: "cleared" });
      engine.tell({ type: "messages", messages: known });
      element.remove();
      await settled();
      expect(vi.getTimerCount(), "timers that are left").toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it("mark only the newest of the visitor's own, and keep their order without being moved", async () => {
    const { engine, texts, find } = await opened();
    engine.draw({ phase: "active" });
    const own = { from: "visitor", name: null, sentAt: "2026-11-22T09:00:00Z", delivery: "sent" } as const;
    engine.message("one", own);
    engine.message("two", own);
    engine.message("an answer");
    expect(texts(".own .meta").map((text) => text?.includes("Sent"))).toEqual([false, true]);
    const insert = vi.spyOn(find("[role=log]"), "insertBefore");
    engine.message("three", own);
    expect(insert, "one row is new").toHaveBeenCalledOnce();
    expect(texts(".own .meta").map((text) => text?.includes("Sent"))).toEqual([false, false, true]);
  });

  it("show that the agent is typing, for five seconds or until the message is there", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const { engine, find } = await opened();
      engine.draw({ phase: "active", agent: "Maya" });
      engine.tell({ type: "agent-typing" });
      expect(find(".dots").hidden).toBe(false);
      expect(find(".dots").getAttribute("aria-label")).toContain("Maya");
      vi.advanceTimersByTime(5_000);
      expect(find(".dots").hidden).toBe(true);
      engine.tell({ type: "agent-typing" });
      engine.message("There you go.");
      expect(find(".dots").hidden).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("writing", () => {
  it("sends on Enter, not on Shift+Enter, nor while an input method chooses a word", async () => {
    const { engine, input, type, press } = await opened();
    engine.draw({ phase: "ended" });
    type("too late");
    expect(press("Enter").defaultPrevented).toBe(true);
    expect(input.value, "what cannot be sent stays").toBe("too late");
    engine.draw({ phase: "waiting" });
    expect(press("Enter", { shiftKey: true }).defaultPrevented).toBe(false);
    expect(press("Enter", { isComposing: true }).defaultPrevented).toBe(false);
    await settled();
    expect(engine.calls).not.toContain("send too late");
    press("Enter");
    await settled();
    expect(engine.calls).toContain("send too late");
    expect(input.value).toBe("");
    type("   \n ");
    press("Enter");
    await settled();
    expect(engine.calls.filter((call) => call.startsWith("send"))).toHaveLength(1);
  });

  it("counts towards the end, by characters, and never cuts off", async () => {
    const { engine, type, press, find } = await opened();
    engine.draw({ phase: "active" });
    type("😀".repeat(3_990));
    expect(find(".count").textContent).toBe("10 characters left");
    type("x".repeat(4_012));
    expect(find(".count").textContent).toBe("12 characters too long");
    expect(find(".input").getAttribute("aria-invalid")).toBe("true");
    press("Enter");
    await settled();
    expect(engine.calls.filter((call) => call.startsWith("send"))).toEqual([]);
    type("fine");
    expect(find(".count").textContent).toBe("");
  });

  it("keeps the draft for the tab, and forgets it when somebody signs out", async () => {
    const { type, element } = await opened();
    type("Where is my");
    element.remove();
    await settled();
    const next = await opened();
    expect(next.input.value).toBe("Where is my");
    next.engine.tell({ type: "left" });
    expect(next.input.value).toBe("");
    expect(sessionStorage.getItem("bonafide:wgt_1:draft")).toBeNull();
  });

  it("keeps the draft when a conversation is over and a new one begins, whoever finds out", async () => {
    const { engine, type, input, find } = await opened();
    engine.draw({ phase: "active" });
    type("One more");
    engine.draw({ phase: "ended" });
    find(".over .button").click();
    await settled();
    engine.tell({ type: "cleared" });
    engine.draw({ phase: "waiting" });
    expect(input.value).toBe("One more");
    // Taken up again, it turned out to be over.
    engine.tell({ type: "cleared" });
    engine.draw({ phase: "starting" });
    expect(input.value).toBe("One more");
    expect(sessionStorage.getItem("bonafide:wgt_1:draft")).toBe("One more");
  });
});

describe("ending", () => {
  it("asks first; Escape and the other button mean no", async () => {
    const { engine, find, has, element } = await opened();
    engine.draw({ phase: "active" });
    find(".tool[aria-label='End chat']").click();
    expect(find("[role=alertdialog]").textContent).toContain("End this chat?");
    find(".panel").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    expect(has("[role=alertdialog]")).toBe(false);
    expect(element.isOpen).toBe(true);
    find(".tool[aria-label='End chat']").click();
    find(".plain").click();
    expect(has("[role=alertdialog]")).toBe(false);
    find(".tool[aria-label='End chat']").click();
    find(".danger").click();
    await settled();
    expect(engine.calls.at(-1)).toBe("end");
    engine.draw({ phase: "ended" });
    expect(has("[role=alertdialog]")).toBe(false);
    expect(find(".over").textContent).toContain("This chat has ended");
  });
});

describe("languages", () => {
  it("follow the page, when it changes too", async () => {
    // Their chunks are there, so that nothing but microtasks lies between a change and its words.
    await Promise.all(["ar", "de"].map((tag) => loadLanguage(tag, {})));
    document.documentElement.lang = "ar";
    const chat = await opened();
    expect(chat.find(".inner").getAttribute("dir")).toBe("rtl");
    expect(chat.find(".inner").getAttribute("lang")).toBe("ar");
    chat.engine.draw({ phase: "ended" });
    expect(chat.find(".over p").textContent).toBe("انتهت هذه الدردشة");
    chat.element.lang = "de";
    await settled();
    expect(chat.find(".over p").textContent).toBe("Dieser Chat ist beendet");
    chat.element.strings = { ended: "Tschüss!" };
    await settled();
    expect(chat.find(".over p").textContent).toBe("Tschüss!");
    expect(chat.find<HTMLDialogElement>(".panel").open).toBe(true);
  });
});

describe("what is seen of the conversation", () => {
  const frame = () => new Promise(requestAnimationFrame);

  async function scrolledTo(top: number) {
    const chat = await opened();
    chat.engine.draw({ phase: "active" });
    await frame();
    const scroll = chat.find(".scroll");
    Object.defineProperties(scroll, { scrollHeight: { value: 900 }, clientHeight: { value: 300 } });
    scroll.dispatchEvent(new Event("scroll"));
    scroll.scrollTop = top;
    scroll.dispatchEvent(new Event("scroll"));
    return { ...chat, scroll };
  }

  it("when an agent's message comes: it is hinted at, or shown", async () => {
    const above = await scrolledTo(120);
    above.engine.message("further down");
    await frame();
    expect(above.scroll.scrollTop).toBe(120);
    expect(above.find(".pill").hidden).toBe(false);
    above.find(".pill").click();
    await frame();
    expect(above.scroll.scrollTop).toBe(900);
    expect(above.find(".pill").hidden).toBe(true);
  });
});
