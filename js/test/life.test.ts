/** The element before, between and after its times in a page: nothing asked of it then may leave it stuck. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { BonafideChatElement } from "../src/element/element";
import { microtasks, place, settled } from "./dom";
import { scripted } from "./scripted-engine";

const quiet = () => vi.spyOn(console, "error").mockImplementation(() => {});

describe("properties that were set before the element was defined", () => {
  it("are taken up by the accessors that they would hide", async () => {
    const log = quiet();
    // The report asks the server for the configuration, which is not there.
    vi.stubGlobal("fetch", () => Promise.reject(new Error("offline")));
    class Late extends BonafideChatElement {}
    // Each class is defined once, so that this one stands for a page whose script came late.
    const early = document.createElement("late-chat") as BonafideChatElement;
    const getToken = () => undefined;
    Object.assign(early, { widget: "wgt_1", server: "https://chat.example.com", debug: true, getToken, strings: { open: "Talk to us" } });
    document.body.append(early);
    const module = scripted();
    BonafideChatElement.load = async () => module;
    customElements.define("late-chat", Late);
    customElements.upgrade(early);
    await settled();
    expect(early.getAttribute("widget")).toBe("wgt_1");
    expect(early.getAttribute("server")).toBe("https://chat.example.com");
    expect(early.hasAttribute("debug")).toBe(true);
    expect(early.shadowRoot?.querySelector(".launcher")?.getAttribute("aria-label")).toBe("Talk to us");
    await early.open();
    await settled();
    expect(module.engines[0]?.options.getToken).toBe(getToken);
    await vi.dynamicImportSettled();
    expect(log).not.toHaveBeenCalled();
  });
});

describe("`open` set as a property, as frameworks do for an attribute of a name that the element knows", () => {
  it.each([true, "", false, undefined])("to %o is as good as the attribute, and leaves the method", async (value) => {
    const chat = place();
    await settled();
    Object.assign(chat.element, { open: value });
    await settled();
    const isToOpen = value === true || value === "";
    expect(chat.element.hasAttribute("open")).toBe(isToOpen);
    expect(chat.element.isOpen).toBe(isToOpen);
    await chat.element.open();
    expect(chat.element.isOpen).toBe(true);
    Object.assign(chat.element, { open: false });
    expect(chat.element.isOpen).toBe(false);
  });

  it("before the element was defined counts too", async () => {
    class Prompt extends BonafideChatElement {}
    const early = document.createElement("prompt-chat") as BonafideChatElement;
    Object.assign(early, { widget: "wgt_1", server: "https://chat.example.com", open: true });
    document.body.append(early);
    const module = scripted();
    BonafideChatElement.load = async () => module;
    customElements.define("prompt-chat", Prompt);
    customElements.upgrade(early);
    await settled();
    expect(early.isOpen).toBe(true);
    early.close();
    await early.open();
    expect(early.isOpen).toBe(true);
  });
});

describe("an element that is not in a page", () => {
  it("refuses what needs a chat, and can have one later", async () => {
    quiet();
    const chat = place();
    chat.element.remove();
    await settled();
    await expect(chat.element.start()).rejects.toMatchObject({
      code: "configuration-invalid",
      message: expect.stringContaining("not in a page"),
    });
    document.body.append(chat.element);
    await settled();
    expect(chat.find(".notice").textContent, "that it was refused once is nothing for visitors").toBe("");
    void chat.element.start();
    await settled();
    expect(chat.engine().calls).toEqual(["start"]);
  });

  it("opens when it is put into one", async () => {
    const element = document.createElement("bonafide-chat");
    Object.assign(element, { widget: "wgt_1", server: "https://chat.example.com" });
    const module = scripted();
    BonafideChatElement.load = async () => module;
    await element.open();
    expect(element.isOpen).toBe(false);
    document.body.append(element);
    await settled();
    expect(element.isOpen).toBe(true);
    expect(module.engines[0]?.calls).toEqual(["open", "start"]);
  });

  it("is asked for nothing more by a method that was still waiting", async () => {
    quiet();
    let arrive = () => {};
    const module = scripted();
    const chat = place(
      {},
      () =>
        new Promise((done) => {
          arrive = () => done(module);
        }),
    );
    await settled();
    const ended = chat.element.end();
    await settled();
    chat.element.remove();
    await settled();
    arrive();
    await expect(ended).rejects.toMatchObject({ code: "network-unreachable" });
    expect(module.engines).toEqual([]);
  });
});

it("does what it was asked before it was taken out in the same breath", async () => {
  const chat = place();
  await settled();
  await chat.element.open();
  await settled();
  void chat.element.end();
  chat.element.remove();
  await settled();
  expect(chat.engine().calls.at(-1)).toBe("end");
  expect(chat.engine().freed).toBe(true);
  expect(chat.module.engines).toHaveLength(1);
});

it("is not turned over by a framework that sets a property to nothing", async () => {
  const chat = place();
  Object.assign(chat.element, { debug: undefined, strings: undefined });
  await settled();
  expect(chat.element.debug).toBe(false);
  expect(chat.launcher().getAttribute("aria-label")).toBe("Open chat");
});

describe("what is asked for in the same breath as the element is put into a page", () => {
  it("comes after `ready`, which comes after the page's own line", async () => {
    const chat = place();
    void chat.element.open();
    chat.element.setAttribute("accent-color", "#123456");
    expect(chat.types()).toEqual([]);
    await settled();
    expect(chat.types()).toEqual(["ready", "opened"]);
    expect(chat.module.engines).toHaveLength(1);
    expect(chat.find(".base").style.getPropertyValue("--bf-accent")).toBe("#123456");
  });

  it("opens nothing where the element is out again at once", async () => {
    const chat = place();
    const opening = chat.element.open();
    chat.element.remove();
    await opening;
    await settled();
    expect(chat.types()).not.toContain("opened");
    expect(chat.module.engines).toHaveLength(0);
  });

  it("is done for an element that is put in right after", async () => {
    const chat = place();
    chat.element.remove();
    await settled();
    void chat.element.start();
    document.body.append(chat.element);
    await settled();
    expect(chat.engine().calls).toContain("start");
    expect(chat.types()).toEqual(["ready"]);
  });

  it("is told why there is no chat, where what follows makes it so", async () => {
    quiet();
    const chat = place();
    const start = chat.element.start();
    chat.element.server = "ftp://chat.example.com";
    await expect(start).rejects.toMatchObject({ code: "configuration-invalid" });
    await settled();
    expect(chat.types()).toEqual(["error"]);
  });

  it("closes what is only about to open", async () => {
    const chat = place({ open: "" });
    await microtasks();
    chat.element.close();
    await settled();
    expect(chat.types()).toEqual(["ready"]);
    expect(chat.element.hasAttribute("open")).toBe(false);
    expect(chat.module.engines).toHaveLength(0);
  });

  it("fails once where there can be no chat", async () => {
    quiet();
    const chat = place({ server: "ftp://chat.example.com" });
    await chat.element.open();
    await settled();
    expect(chat.types()).toEqual(["error"]);
    expect(chat.element.isOpen).toBe(false);
  });
});

it("remembers that it is open though the same widget stands in the page once more", async () => {
  const chat = place({ position: "end" });
  place({ position: "end" });
  await settled();
  await chat.element.open();
  expect(sessionStorage.getItem("bonafide:wgt_1:open")).toBe("1");
});

describe("the launcher is busy", () => {
  /** A chat that loads until the test lets it arrive. */
  const loading = () => {
    const held: { arrive?: () => void } = {};
    const module = scripted();
    const chat = place({}, async () => {
      await new Promise<void>((resolve) => {
        held.arrive = resolve;
      });
      return module;
    });
    const shown = () => ["aria-busy", "aria-expanded"].map((name) => chat.launcher().getAttribute(name));
    return { ...chat, held, shown };
  };

  afterEach(() => vi.useRealTimers());

  it("when the chat takes its time to load, and only then", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { launcher, shown, held } = loading();
    await settled();
    launcher().click();
    await settled();
    vi.advanceTimersByTime(99);
    expect(shown()).toEqual(["false", "false"]);
    vi.advanceTimersByTime(1);
    expect(shown()).toEqual(["true", "true"]);
    held.arrive?.();
    await settled();
    expect(shown()).toEqual(["false", "true"]);
  });

  it("also when it was loading before the click, and again after it was put away", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    sessionStorage.setItem("bonafide:wgt_1", "{}");
    const { launcher, shown } = loading();
    await settled();
    vi.advanceTimersByTime(1_000);
    expect(shown()).toEqual(["false", "false"]);
    for (const click of ["first", "third"]) {
      launcher().click();
      await settled();
      vi.advanceTimersByTime(100);
      expect(shown(), `after the ${click} click`).toEqual(["true", "true"]);
      launcher().click();
      expect(shown()).toEqual(["false", "false"]);
    }
  });
});

describe("an element that is not set up", () => {
  it("says so at each attempt, instead of blaming the network", async () => {
    quiet();
    const chat = place({ widget: "" });
    await settled();
    await expect(chat.element.start()).rejects.toMatchObject({ code: "configuration-invalid" });
    await chat.element.open();
    expect(chat.element.isOpen).toBe(false);
    expect(chat.heard.map(({ detail }) => (detail as { code: string }).code)).toEqual(Array(3).fill("configuration-invalid"));
    chat.element.widget = "wgt_1";
    await settled();
    await chat.element.open();
    await settled();
    expect(chat.engine().calls).toEqual(["open", "start"]);
  });
});

describe("a function for a token that comes late", () => {
  it("is given to the engine, which knows when to use it", async () => {
    const chat = place();
    await settled();
    await chat.element.open();
    await settled();
    chat.element.getToken = () => undefined;
    chat.element.getToken = undefined;
    expect(chat.engine().calls.slice(-2)).toEqual(["setGetToken function", "setGetToken undefined"]);
    expect(chat.module.engines, "what is under way goes on").toHaveLength(1);
  });

  it("is used also when it comes while the engine is loaded", async () => {
    const chat = place();
    await settled();
    void chat.element.start();
    const getToken = () => undefined;
    chat.element.getToken = getToken;
    await settled();
    const { options, calls } = chat.engine();
    expect(options.getToken === getToken || calls.includes("setGetToken function")).toBe(true);
  });
});

describe("signing out", () => {
  afterEach(() => vi.restoreAllMocks());

  it("is waited for when the element is taken out at once", async () => {
    let arrive = () => {};
    const module = scripted();
    const chat = place(
      {},
      () =>
        new Promise((done) => {
          arrive = () => done(module);
        }),
    );
    await settled();
    const left = chat.element.signOut();
    chat.element.remove();
    await settled();
    arrive();
    await settled();
    expect(chat.module.engines.length + module.engines.length).toBe(1);
    expect(module.engines[0]?.calls).toEqual(["signOut"]);
    expect(module.engines[0]?.freed, "the server is not told yet").toBe(false);
    module.engines[0]?.tell({ type: "cleared" });
    await left;
    await settled();
    expect(module.engines[0]?.freed).toBe(true);
  });

  it("forgets the session in this tab even where the chat cannot be loaded", async () => {
    quiet();
    const chat = place({}, () => Promise.reject(new Error("offline")));
    await settled();
    sessionStorage.setItem("bonafide:wgt_1", "{}");
    sessionStorage.setItem("bonafide:wgt_1:draft", "half a thought");
    await expect(chat.element.signOut()).rejects.toMatchObject({ code: "network-unreachable" });
    await settled();
    expect({ ...sessionStorage }).toEqual({});
  });
});

it("does not wait by a timer or a promise that a page put in place of the browser's", async () => {
  const { Promise: promise, setTimeout: real } = globalThis;
  // The browser's runs what waits for nothing.
  const browsers = vi.fn((run: () => void, ms?: number) => void (ms ?? queueMicrotask(run)));
  const theirs = vi.fn();
  try {
    Object.assign(globalThis, { setTimeout: browsers });
    vi.resetModules();
    const { BonafideChatElement: Fresh } = await import("../src/element/element");
    customElements.define("fresh-chat", class extends Fresh {});
    Object.assign(globalThis, { setTimeout: theirs });
    Fresh.load = () => new promise(() => {});
    Object.assign(globalThis, { Promise: theirs });
    const element = document.createElement("fresh-chat") as BonafideChatElement;
    Object.assign(element, { widget: "wgt_1", server: "https://chat.example.com" });
    document.body.append(element);
    await microtasks();
    void element.open();
    // Moved within the page meanwhile.
    document.body.append(element);
    await microtasks();
    expect(theirs).not.toHaveBeenCalled();
    expect(browsers).toHaveBeenCalledWith(expect.any(Function), 20_000);
  } finally {
    Object.assign(globalThis, { Promise: promise, setTimeout: real });
  }
});
