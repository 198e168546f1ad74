/** The element as a page uses it: attributes, methods, events, focus, and what it leaves behind (nothing). */
import { describe, expect, it, vi } from "vitest";
import { BonafideChatElement } from "../src/element/element";
import { ChatError } from "../src/errors";
import { place, settled } from "./dom";

const quiet = () => vi.spyOn(console, "error").mockImplementation(() => {});

describe("before it is opened", () => {
  it("shows a launcher, says ready, and loads nothing", async () => {
    const load = vi.fn();
    const chat = place({}, load);
    await settled();
    expect(chat.types()).toEqual(["ready"]);
    expect(chat.launcher().getAttribute("aria-label")).toBe("Open chat");
    expect(chat.launcher().getAttribute("aria-expanded")).toBe("false");
    expect(load).not.toHaveBeenCalled();
  });

  it.each(["pointerenter", "focus"])("loads when a click may follow, and does nothing else: %s", async (event) => {
    const chat = place();
    const load = vi.spyOn(BonafideChatElement, "load");
    await settled();
    chat.launcher().dispatchEvent(new Event(event));
    await settled();
    expect(load).toHaveBeenCalledOnce();
    expect(chat.module.engines).toEqual([]);
    expect(chat.types()).toEqual(["ready"]);
    expect(chat.launcher().getAttribute("aria-busy")).toBe("false");
  });

  it("keeps to itself that it could not be loaded then, and says so when it is clicked", async () => {
    quiet();
    const chat = place({}, () => Promise.reject(new TypeError("Failed to fetch dynamically imported module")));
    await settled();
    chat.launcher().dispatchEvent(new Event("pointerenter"));
    await settled();
    expect(chat.types()).toEqual(["ready"]);
    chat.launcher().click();
    await settled();
    expect(chat.heard.at(-1)).toMatchObject({ type: "error", detail: { code: "network-unreachable" } });
  });

  it("names the launcher in the page's language", async () => {
    document.documentElement.lang = "de-CH";
    const chat = place();
    await settled();
    expect(chat.launcher().getAttribute("aria-label")).toBe("Chat öffnen");
    chat.element.lang = "ja";
    expect(chat.launcher().getAttribute("aria-label")).toBe("チャットを開く");
  });

  it("says what is wrong with its attributes, once, without a launcher", async () => {
    const log = quiet();
    const chat = place({ widget: "" });
    await settled();
    expect(chat.heard).toHaveLength(1);
    expect(chat.heard[0]?.detail).toMatchObject({ code: "configuration-invalid", retryable: false, name: "ChatError" });
    expect(chat.heard[0]?.detail).toMatchObject({ message: expect.stringContaining("`widget`") });
    expect(chat.element.shadowRoot).toBeNull();
    expect(log).toHaveBeenCalledOnce();

    chat.element.widget = "wgt_1";
    await settled();
    expect(chat.types()).toEqual(["error", "ready"]);
  });

  it.each(["ftp://chat.example.com", "javascript:void 0", "https://["])("refuses the server %s", async (server) => {
    quiet();
    const chat = place({ server });
    await settled();
    expect(chat.heard[0]?.detail).toMatchObject({ code: "configuration-invalid" });
  });

  it("loads at once when this tab has a conversation", async () => {
    sessionStorage.setItem("bonafide:wgt_1", "{}");
    const chat = place();
    await settled();
    chat.engine().draw({ phase: "active", unread: 2 });
    expect(chat.engine().calls).toEqual([]);
    expect(chat.find(".badge").textContent).toBe("2");
    expect(chat.launcher().getAttribute("aria-label")).toBe("Open chat. Unread messages: 2");
    expect(chat.find(".corner [role=status]").textContent).toBe("Unread messages: 2");
    expect(chat.has(".panel")).toBe(false);
  });
});

describe("opening and closing", () => {
  it("stays closed when the page closes it at what it hears while it opens", async () => {
    const chat = place();
    await settled();
    await chat.element.open();
    chat.element.close();
    // A start may fail before it has asked anybody.
    chat.engine().start = async () => {
      chat.element.close();
      return { conversation: "cnv_1", authenticated: false };
    };
    await chat.element.open();
    await settled();
    expect(chat.find<HTMLDialogElement>(".panel").open).toBe(false);
    expect(chat.types()).toEqual(["ready", "opened", "closed", "closed"]);
  });

  it("opens, starts, and goes back to the launcher", async () => {
    const chat = place();
    await settled();
    chat.launcher().focus();
    chat.launcher().click();
    await settled();
    expect(chat.types()).toEqual(["ready", "opened"]);
    expect(chat.engine().calls).toEqual(["open", "start"]);
    expect(chat.engine().options).toMatchObject({ widget: "wgt_1", server: "https://chat.example.com" });
    expect(chat.element.hasAttribute("open")).toBe(true);
    expect(chat.element.isOpen).toBe(true);
    expect(chat.launcher().getAttribute("aria-label")).toBe("Close chat");
    expect(chat.element.shadowRoot?.activeElement).toBe(chat.find(".input"));

    chat.find(".panel").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    expect(chat.types()).toEqual(["ready", "opened", "closed"]);
    expect(chat.element.hasAttribute("open")).toBe(false);
    expect(chat.find<HTMLDialogElement>(".panel").open).toBe(false);
    expect(chat.engine().calls.at(-1)).toBe("close");
    expect(chat.element.shadowRoot?.activeElement).toBe(chat.launcher());
  });

  it("follows its attribute, and stays open over a reload", async () => {
    const chat = place({ open: "" });
    await settled();
    expect(chat.types()).toEqual(["ready", "opened"]);
    chat.element.removeAttribute("open");
    await settled();
    expect(chat.types()).toEqual(["ready", "opened", "closed"]);
    chat.element.setAttribute("open", "");
    await settled();
    chat.element.remove();
    const reloaded = place();
    await settled();
    expect(reloaded.types()).toEqual(["ready", "opened"]);
    expect(reloaded.element.shadowRoot?.activeElement, "a reload takes no focus").toBeNull();
  });

  it.each([
    ["narrow", "(max-width:480px)"],
    ["low", "(max-height:420px)"],
  ])("does not open by itself over the whole of a %s screen", async (_, kind) => {
    vi.stubGlobal("matchMedia", (query: string) => ({ matches: query.split(",").includes(kind) }));
    sessionStorage.setItem("bonafide:wgt_1:open", "1");
    const chat = place();
    await settled();
    expect(chat.element.isOpen).toBe(false);
  });

  it("asks for no conversation where it opens by itself in a tab that has one", async () => {
    sessionStorage.setItem("bonafide:wgt_1", "{}");
    const chat = place({ open: "" });
    await settled();
    expect(chat.types()).toEqual(["ready", "opened"]);
    expect(chat.engine().calls).toEqual(["open"]);
    chat.element.close();
    await chat.element.open();
    await settled();
    expect(chat.engine().calls, "by the visitor").toEqual(["open", "close", "open", "start"]);
  });

  it("starts once, however often it is opened", async () => {
    const chat = place();
    await settled();
    void chat.element.open();
    void chat.element.open();
    await settled();
    chat.engine().draw({ phase: "waiting" });
    chat.engine().tell({ type: "started", conversation: "cnv_1", authenticated: true });
    chat.element.close();
    await chat.element.open();
    expect(chat.engine().calls.filter((call) => call === "start")).toHaveLength(1);
    expect(chat.module.engines).toHaveLength(1);
  });

  it("gives up a load that does not come to an end", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const chat = place({}, () => new Promise(() => {}));
      await settled();
      chat.launcher().click();
      await settled();
      vi.advanceTimersByTime(20_000);
      await settled();
      expect(chat.heard.at(-1)?.detail).toMatchObject({ code: "network-unreachable", retryable: true });
      expect(chat.element.hasAttribute("open")).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });

  it("tries to load again after a failed load", async () => {
    quiet();
    const chat = place({}, () => Promise.reject(new Error("offline")));
    await settled();
    chat.launcher().click();
    await settled();
    expect(chat.types()).toEqual(["ready", "error"]);
    expect(chat.heard[1]?.detail).toMatchObject({ code: "network-unreachable", retryable: true });
    expect(chat.find(".notice").textContent).toContain("could not be loaded");
    expect(chat.launcher().getAttribute("aria-busy")).toBe("false");

    const { BonafideChatElement } = await import("../src/element/element");
    BonafideChatElement.load = async () => chat.module;
    chat.launcher().click();
    await settled();
    expect(chat.types()).toEqual(["ready", "error", "opened"]);
    expect(chat.find(".notice").textContent).toBe("");
  });
});

describe("what the page hears", () => {
  it("gets the engine's events, bubbling as far as the document", async () => {
    quiet();
    const chat = place();
    await settled();
    await chat.element.open();
    const atDocument: string[] = [];
    const atWindow: string[] = [];
    for (const type of ["started", "message", "error"]) {
      document.addEventListener(type, (event) => atDocument.push(event.type), { once: true });
      window.addEventListener(type, (event) => atWindow.push(event.type), { once: true });
    }
    const engine = chat.engine();
    engine.tell({ type: "started", conversation: "cnv_1", authenticated: true });
    engine.tell({ type: "message", message: engine.message("Hello") });
    engine.tell({ type: "authenticated" });
    engine.tell({ type: "error", error: { code: "token-expired", message: "Expired.", requestId: "req_1", retryable: true } }, "theirs");
    engine.tell({ type: "ended" });
    expect(chat.types().slice(2)).toEqual(["started", "message", "authenticated", "error", "ended"]);
    expect(chat.heard[2]?.detail).toEqual({ conversation: "cnv_1", authenticated: true });
    expect(atDocument).toEqual(["started", "message", "error"]);
    expect(atWindow, "a window's own handlers for these expect other objects").toEqual(["started"]);
  });

  it("gets errors as ChatError, whose cause is not serialised or logged", async () => {
    const log = quiet();
    const chat = place();
    await settled();
    await chat.element.open();
    const cause = new Error("a secret of the page");
    chat
      .engine()
      .tell({ type: "error", error: { code: "client-function-failed", message: "It threw.", requestId: null, retryable: true } }, cause);
    const error = chat.heard.at(-1)?.detail as ChatError;
    expect(error).toBeInstanceOf(ChatError);
    expect(error.cause).toBe(cause);
    expect(JSON.parse(JSON.stringify(error))).toEqual({ code: "client-function-failed", message: "It threw.", retryable: true });
    expect(log.mock.calls).toEqual([["bonafide-chat: client-function-failed: It threw."]]);
  });

  it("is not logged where the page takes care of an error", async () => {
    const log = quiet();
    const chat = place();
    chat.element.addEventListener("error", (event) => event.preventDefault());
    await settled();
    await chat.element.open();
    chat.engine().tell({ type: "error", error: { code: "internal", message: "Oh.", requestId: null, retryable: true } });
    expect(log).not.toHaveBeenCalled();
  });

  it("may sign the visitor in itself, or let the chat ask again", async () => {
    const chat = place();
    await settled();
    await chat.element.open();
    await settled();
    const engine = chat.engine();
    engine.draw({ phase: "sign-in-needed", signIn: "required" });
    engine.tell({ type: "sign-in" });
    engine.tell({ type: "error", error: { code: "token-not-provided", message: "No token.", requestId: null, retryable: true } });
    expect(chat.types(), "only the visitor's click asks for a sign-in").not.toContain("sign-in");
    chat.element.addEventListener("sign-in", (event) => event.preventDefault(), { once: true });
    chat.find(".card .button").click();
    expect(chat.types().at(-1)).toBe("sign-in");
    expect(engine.calls).toEqual(["open", "start"]);
    chat.find(".card .button").click();
    await settled();
    expect(engine.calls).toEqual(["open", "start", "start"]);
  });
});

describe("its methods", () => {
  it("answer with promises, rejected by ChatErrors that nobody has to catch", async () => {
    quiet();
    const chat = place();
    await settled();
    const start = chat.element.start();
    await settled();
    const engine = chat.engine();
    engine.tell({ type: "error", error: { code: "token-expired", message: "Expired.", requestId: null, retryable: true } });
    await expect(start).rejects.toMatchObject({ code: "token-expired" });
    const again = chat.element.start();
    await settled();
    engine.tell({ type: "started", conversation: "cnv_2", authenticated: false });
    engine.draw({ phase: "waiting" });
    await expect(again).resolves.toEqual({ conversation: "cnv_2", authenticated: false });

    const proved = chat.element.authenticate();
    await settled();
    engine.tell({ type: "authenticated" });
    await proved;
    const ended = chat.element.end();
    await settled();
    engine.tell({ type: "ended" });
    await ended;
    const signedOut = chat.element.signOut();
    await settled();
    engine.tell({ type: "cleared" });
    await signedOut;
    expect(engine.calls.slice(-3)).toEqual(["authenticate", "end", "signOut"]);
  });

  it("keep context and the page's own function for the engine", async () => {
    const chat = place();
    const getToken = () => undefined;
    chat.element.getToken = getToken;
    chat.element.setContext({ cart: 10_000 });
    await settled();
    await chat.element.open();
    await settled();
    expect(chat.engine().options.getToken).toBe(getToken);
    expect(chat.engine().calls).toEqual(['setContext {"cart":10000}', "open", "start"]);
  });
});

describe("leaving", () => {
  it("stops the engine, but not for a move within the page", async () => {
    const chat = place();
    await settled();
    await chat.element.open();
    document.body.prepend(chat.element);
    await settled();
    expect(chat.engine().freed).toBe(false);
    chat.element.remove();
    await settled();
    expect(chat.engine().freed).toBe(true);
    expect(chat.has(".panel")).toBe(false);
    chat.engine().tell({ type: "ended" });
    expect(chat.types()).not.toContain("ended");
  });

  it("leaves nothing behind after a thousand times", async () => {
    const added = new Map<EventTarget, number>();
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    const count = (target: EventTarget, by: number) => added.set(target, (added.get(target) ?? 0) + by);
    EventTarget.prototype.addEventListener = function (this: EventTarget, ...all: Parameters<typeof addEventListener>) {
      count(this, 1);
      return addEventListener.apply(this, all);
    };
    EventTarget.prototype.removeEventListener = function (this: EventTarget, ...all: Parameters<typeof removeEventListener>) {
      count(this, -1);
      return removeEventListener.apply(this, all);
    };
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const chat = place({ open: "" });
      for (let round = 0; round < 1_000; round += 1) {
        await settled();
        chat.engine(round).draw({ phase: "active", agent: "Maya" });
        chat.engine(round).tell({ type: "agent-typing" });
        chat.element.remove();
        await settled();
        document.body.append(chat.element);
      }
      chat.element.remove();
      await settled();
      expect(chat.module.engines.every((engine) => engine.freed)).toBe(true);
      expect(chat.element.shadowRoot?.querySelectorAll(".base").length).toBe(1);
      expect(chat.has(".panel")).toBe(false);
      for (const target of [window, document, document.documentElement, document.body]) expect(added.get(target) ?? 0).toBe(0);
      expect(vi.getTimerCount(), "the sign that the agent is typing").toBe(0);
    } finally {
      vi.useRealTimers();
      Object.assign(EventTarget.prototype, { addEventListener, removeEventListener });
    }
  }, 60_000);
});

describe("several on a page", () => {
  it("stand in a row in their corner, open one at a time, and have states of their own", async () => {
    const [first, second, third] = [place(), place({ widget: "wgt_2" }), place({ widget: "wgt_3", position: "start" })];
    await settled();
    const slots = [first, second, third].map((chat) => chat.find(".base").style.getPropertyValue("--bf-slot"));
    expect(slots).toEqual(["0", "1", "0"]);
    expect(third.find(".base").classList.contains("start")).toBe(true);
    first.launcher().click();
    third.launcher().click();
    await settled();
    expect([first, second, third].map((chat) => chat.element.isOpen)).toEqual([true, false, true]);
    second.launcher().click();
    await settled();
    expect(first.element.isOpen, "the server may still put the second elsewhere").toBe(true);
    // All three load from the last one's module; engines are made in the order of the clicks.
    third.engine(2).draw({ appearance: {} });
    expect([first, second, third].map((chat) => chat.element.isOpen)).toEqual([false, true, true]);
    expect(third.engine(0).calls.at(-1)).toBe("close");
    expect(first.types()).toEqual(["ready", "opened", "closed"]);
  });
});
