/** The chat without a face: when it loads, what its promises wait for, and that handlers cannot break one another. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { Chat } from "../src/chat/chat";
import { ChatError } from "../src/errors";
import { settled } from "./dom";
import { ScriptedEngine } from "./scripted-engine";

const OPTIONS = { server: "https://chat.example.com", widget: "wgt_1" };

afterEach(() => {
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

function make(options = {}) {
  const engines: ScriptedEngine[] = [];
  const connect = vi.fn(async (given, listener) => {
    const engine = new ScriptedEngine(given, listener);
    engines.push(engine);
    return engine;
  });
  const chat = new Chat({ ...OPTIONS, ...options }, connect);
  const engine = () => engines.at(-1) as ScriptedEngine;
  return { chat, connect, engine, engines };
}

describe("loading", () => {
  it("waits until something is asked for", async () => {
    const { chat, connect, engine } = make();
    chat.resume();
    chat.setContext({ plan: "gold" });
    chat.on("view", () => {});
    await settled();
    expect(connect).not.toHaveBeenCalled();
    void chat.start();
    expect(chat.view.phase, "at once, before the engine is there").toBe("configuring");
    await settled();
    expect(engine().calls).toEqual(['setContext {"plan":"gold"}', "start"]);
  });

  it("happens at once when this tab has a conversation, unless nothing may be kept", async () => {
    sessionStorage.setItem("bonafide:wgt_1", "{}");
    const tab = make();
    tab.chat.resume();
    expect(tab.connect).toHaveBeenCalledOnce();
    const none = make({ storage: "none" });
    none.chat.resume();
    expect(none.connect).not.toHaveBeenCalled();
  });

  it("that fails rejects the call, tells once, and is tried again by the next", async () => {
    const failure = new ChatError({ code: "wasm-blocked", message: "Blocked.", retryable: false });
    const connect = vi.fn().mockRejectedValueOnce(failure);
    const chat = new Chat(OPTIONS, connect);
    const told = vi.fn();
    chat.on("error", told);
    await expect(chat.start()).rejects.toBe(failure);
    expect(told).toHaveBeenCalledExactlyOnceWith(failure);
    expect(chat.view).toMatchObject({ phase: "failed", error: { code: "wasm-blocked", requestId: null } });
    connect.mockImplementation(async (given, listener) => new ScriptedEngine(given, listener));
    void chat.start();
    await settled();
    expect(connect).toHaveBeenCalledTimes(2);
    expect(chat.view.phase).toBe("configuring");
  });
});

describe("calls", () => {
  it("are each the engine's to answer", async () => {
    const { chat, engine } = make();
    const both = [chat.start(), chat.start()];
    await settled();
    expect(engine().calls).toEqual(["start", "start"]);
    const started = { conversation: "cnv_1", authenticated: false };
    engine().answer("start", started);
    expect(await Promise.all(both)).toEqual([started, started]);
    const ended = chat.end();
    engine().refuse("end", "unavailable");
    const error = await ended.catch((reason) => reason);
    expect(error).toBeInstanceOf(ChatError);
    expect(error).toMatchObject({ code: "unavailable", retryable: false });
  });

  it("reject with the error and its cause, and the next one is a new one", async () => {
    const { chat, engine } = make();
    const start = chat.start();
    await settled();
    const cause = new Error("theirs");
    engine().tell(
      { type: "error", error: { code: "client-function-failed", message: "It threw.", requestId: null, retryable: true } },
      cause,
    );
    const error = await start.catch((reason) => reason);
    expect(error).toBeInstanceOf(ChatError);
    expect(error).toMatchObject({ code: "client-function-failed", retryable: true, cause });
    expect("requestId" in error).toBe(false);
    void chat.start();
    expect(engine().calls).toEqual(["start", "start"]);
  });

  it("to send are in the list at once, and resolve to the message as it is stored", async () => {
    const { chat, engine } = make();
    const [first, second] = [chat.send("one"), chat.send("two")];
    await settled();
    const [one, two] = chat.messages;
    if (!one || !two) throw new Error("both are in the list at once");
    engine().answer(one.clientId, { ...one, delivery: "sent", sentAt: "2026-11-22T09:00:00Z" });
    expect(await first).toMatchObject({ text: "one", delivery: "sent" });
    engine().refuse(two.clientId, "invalid-request");
    await expect(second).rejects.toBeInstanceOf(ChatError);
  });

  it("do nothing more once the chat is disposed of, and begin afresh when it is used again", async () => {
    const { chat, engine, engines } = make();
    const heard = vi.fn();
    chat.on("ended", heard);
    void chat.start();
    await settled();
    engine().message("Hello");
    chat.dispose();
    expect(engine().freed).toBe(true);
    expect(chat.messages).toEqual([]);
    engine().tell({ type: "ended" });
    expect(heard).not.toHaveBeenCalled();
    void chat.start();
    await settled();
    expect(engines).toHaveLength(2);
    engine().tell({ type: "ended" });
    expect(heard).toHaveBeenCalledOnce();
  });

  it("free an engine that arrives after the chat was disposed of", async () => {
    const { chat, engines } = make();
    void chat.start();
    chat.dispose();
    await settled();
    expect(engines.map(({ freed }) => freed)).toEqual([true]);
  });
});

describe("state", () => {
  it("is a new array and a new object whenever it changes, and the same until then", async () => {
    const { chat, engine } = make();
    void chat.start();
    await settled();
    const before = [chat.view, chat.messages];
    expect([chat.view, chat.messages]).toEqual(before);
    engine().message("later", { order: 2, clientId: "b" });
    engine().message("sooner", { order: 1, clientId: "a" });
    expect(chat.messages).not.toBe(before[1]);
    expect(chat.messages.map(({ text }) => text)).toEqual(["sooner", "later"]);
  });

  it("reaches every handler, whatever another one does", async () => {
    const { chat, engine } = make();
    const reported = vi.fn();
    vi.stubGlobal("reportError", reported);
    const seen = vi.fn();
    chat.on("view", () => {
      throw new Error("theirs");
    });
    const stop = chat.on("view", seen);
    void chat.start();
    expect(seen).toHaveBeenCalledOnce();
    expect(reported).toHaveBeenCalledOnce();
    stop();
    await settled();
    engine().draw({ phase: "ready" });
    expect(seen).toHaveBeenCalledOnce();
  });
});
