/** The tone of a new message: only where the page asked for one, only for what nobody sees, one at a time. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { place, settled } from "./dom";

/** Web Audio that makes no sound and remembers what it was told. */
class SilentAudio {
  static made: SilentAudio[] = [];
  readonly currentTime = 0;
  readonly destination = {};
  isClosed = false;
  end = () => {};
  readonly node = {
    frequency: { setValueAtTime: vi.fn() },
    gain: { setValueAtTime: vi.fn(), exponentialRampToValueAtTime: vi.fn() },
    connect: () => this.node,
    start: vi.fn(),
    stop: vi.fn(),
    addEventListener: (_: string, over: () => void) => {
      this.end = over;
    },
  };
  constructor() {
    SilentAudio.made.push(this);
  }
  async resume() {}
  async close() {
    this.isClosed = true;
  }
  createOscillator = () => this.node;
  createGain = () => this.node;
}

beforeEach(async () => {
  for (const audio of SilentAudio.made) audio.end();
  await settled();
  SilentAudio.made = [];
  vi.stubGlobal("AudioContext", SilentAudio);
  vi.spyOn(document, "hidden", "get").mockReturnValue(false);
  // Its chunk is there, so that nothing but microtasks lies between a message and its tone.
  await import("../src/sound/tone");
});

async function talking(attributes: Record<string, string>) {
  const chat = place(attributes);
  await settled();
  await chat.element.open();
  await settled();
  chat.engine().draw({ phase: "active" });
  const hear = async (from: "agent" | "visitor" = "agent") => {
    chat.engine().tell({ type: "message", message: chat.engine().message("Hello", { from }) });
    await vi.dynamicImportSettled();
    await settled();
    return SilentAudio.made.length;
  };
  return { ...chat, hear };
}

describe("a message that nobody sees", () => {
  it("makes no sound unless the page asks for it", async () => {
    const { element, hear } = await talking({});
    element.close();
    expect(await hear()).toBe(0);
  });

  it("sounds while the panel is closed, and once at a time", async () => {
    const { element, hear } = await talking({ sound: "" });
    element.close();
    expect(await hear()).toBe(1);
    expect(await hear(), "the first still sounds").toBe(1);
    SilentAudio.made[0]?.end();
    await settled();
    expect(SilentAudio.made[0]?.isClosed).toBe(true);
    expect(await hear()).toBe(2);
  });

  it("sounds while the page is hidden", async () => {
    const { hear } = await talking({ sound: "" });
    vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    expect(await hear()).toBe(1);
  });
});

describe("silence", () => {
  it("for what the visitor sees, and for their own messages", async () => {
    const { element, hear } = await talking({ sound: "" });
    expect(await hear()).toBe(0);
    element.close();
    expect(await hear("visitor")).toBe(0);
  });

  it("before the visitor has touched the page, and in browsers that cannot", async () => {
    const { element, hear } = await talking({ sound: "" });
    element.close();
    Object.defineProperty(navigator, "userActivation", { value: { hasBeenActive: false }, configurable: true });
    expect(await hear()).toBe(0);
    Reflect.deleteProperty(navigator, "userActivation");
    vi.stubGlobal("AudioContext", undefined);
    expect(await hear()).toBe(0);
  });
});
