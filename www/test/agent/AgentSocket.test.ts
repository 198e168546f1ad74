// The socket comes back after a loss, at once when the network does, and never after the session is over.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AgentSocket, type SocketListener } from "../../src/agent/live/AgentSocket";
import type { AgentEvent } from "../../src/api/types";

class ScriptedSocket extends EventTarget {
  static readonly OPEN = 1;
  static opened: ScriptedSocket[] = [];
  readyState = 1;
  sent: string[] = [];
  constructor() {
    super();
    ScriptedSocket.opened.push(this);
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.readyState = 3;
  }
  says(event: AgentEvent | string) {
    const data = typeof event === "string" ? event : JSON.stringify(event);
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
  breaks(code = 1006) {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }
}

const welcome: AgentEvent = { type: "welcome", serverTime: "2026-11-22T20:00:00.000Z", heartbeatMs: 20_000 };
const heartbeat: AgentEvent = { type: "heartbeat", serverTime: "2026-11-22T20:00:20.000Z" };

describe("the agent's socket", () => {
  let listener: { [Name in keyof SocketListener]: ReturnType<typeof vi.fn> };
  let socket: AgentSocket;
  const current = () => ScriptedSocket.opened.at(-1) as ScriptedSocket;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("WebSocket", ScriptedSocket);
    ScriptedSocket.opened = [];
    listener = { onEvent: vi.fn(), onConnection: vi.fn(), onSessionOver: vi.fn() };
    socket = new AgentSocket("ws://server/api/v1/agent/socket", listener as SocketListener);
  });
  afterEach(() => {
    socket.stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("is open when the server welcomes, and passes events on", () => {
    current().says(welcome);
    current().says("not JSON");
    current().says({ type: "resync" });
    expect(listener.onConnection).toHaveBeenLastCalledWith("open");
    expect(listener.onEvent.mock.calls.map(([event]) => event.type)).toEqual(["welcome", "resync"]);
  });

  it("opens again after a loss, waiting longer each time", () => {
    for (const waited of [500, 1000, 2000]) {
      const before = ScriptedSocket.opened.length;
      current().breaks();
      expect(listener.onConnection).toHaveBeenLastCalledWith("lost");
      vi.advanceTimersByTime(waited / 2 - 1);
      expect(ScriptedSocket.opened).toHaveLength(before);
      vi.advanceTimersByTime(waited / 2 + 1);
      expect(ScriptedSocket.opened).toHaveLength(before + 1);
    }
  });

  it("does not wait when the network is back", () => {
    current().breaks();
    window.dispatchEvent(new Event("online"));
    expect(ScriptedSocket.opened).toHaveLength(2);
  });

  it("stays closed when the session is over, and when it is stopped", () => {
    current().breaks(4401);
    expect(listener.onSessionOver).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(60_000);
    expect(ScriptedSocket.opened).toHaveLength(1);
  });

  it("is replaced when the server says nothing, at whatever stage", () => {
    // Never opened, or open without a welcome.
    vi.advanceTimersByTime(10_000);
    expect(listener.onConnection).toHaveBeenLastCalledWith("lost");
    expect(current().readyState).toBe(3);
    // Welcomed, an hour of heartbeats, and then none.
    vi.advanceTimersByTime(500);
    current().says(welcome);
    for (let i = 0; i < 180; i += 1) {
      vi.advanceTimersByTime(20_000);
      current().says(heartbeat);
    }
    expect(ScriptedSocket.opened).toHaveLength(2);
    const dead = current();
    vi.advanceTimersByTime(44_999);
    expect(listener.onConnection).toHaveBeenLastCalledWith("open");
    vi.advanceTimersByTime(1);
    expect(listener.onConnection).toHaveBeenLastCalledWith("lost");
    // What was missed is read at once, by whoever listens.
    expect(listener.onEvent).toHaveBeenLastCalledWith({ type: "resync" });
    vi.advanceTimersByTime(500);
    expect(ScriptedSocket.opened).toHaveLength(3);
    // The dead one is not heard any more.
    listener.onEvent.mockClear();
    dead.says(heartbeat);
    dead.breaks();
    expect(listener.onEvent).not.toHaveBeenCalled();
  });

  it("has the lists read now and then while there is none, and not while there is", () => {
    current().says(welcome);
    listener.onEvent.mockClear();
    for (let i = 0; i < 6; i += 1) {
      vi.advanceTimersByTime(20_000);
      current().says(heartbeat);
    }
    expect(listener.onEvent.mock.calls.every(([event]) => event.type === "heartbeat")).toBe(true);
    current().breaks();
    listener.onEvent.mockClear();
    vi.advanceTimersByTime(60_000);
    const read = listener.onEvent.mock.calls.filter(([event]) => event.type === "resync").length;
    expect(read).toBeGreaterThanOrEqual(6);
    expect(read).toBeLessThanOrEqual(12);
  });

  it("is tried when somebody comes back to it, and replaced when it does not answer", () => {
    current().says(welcome);
    window.dispatchEvent(new Event("focus"));
    expect(current().sent).toEqual([]);
    vi.advanceTimersByTime(20_000);
    window.dispatchEvent(new Event("focus"));
    expect(current().sent).toEqual(['{"type":"heartbeat"}']);
    current().says(heartbeat);
    vi.advanceTimersByTime(10_000);
    expect(listener.onConnection).toHaveBeenLastCalledWith("open");
    window.dispatchEvent(new Event("focus"));
    vi.advanceTimersByTime(5_000);
    expect(listener.onConnection).toHaveBeenLastCalledWith("lost");
  });

  it("sends only while it is open", () => {
    expect(socket.send({ type: "typing", conversation: "cnv_1" })).toBe(true);
    current().readyState = 0;
    expect(socket.send({ type: "typing", conversation: "cnv_1" })).toBe(false);
    expect(current().sent).toHaveLength(1);
  });
});
