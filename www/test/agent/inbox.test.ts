// The inbox's order, and what the socket's events do to what is kept.
import { QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { hasGap, merged, wholeUpTo } from "../../src/agent/chat/messages";
import { inboxOrder, unreadOf } from "../../src/agent/inbox/order";
import { messagesKey, openKey } from "../../src/agent/keys";
import { applyEvent } from "../../src/agent/live/applyEvent";
import type { AgentConversation, Message } from "../../src/api/types";
import { ok, script } from "../scripted";

const conversation = (id: string, part: Partial<AgentConversation> = {}): AgentConversation => ({
  id,
  authenticated: "no",
  identity: "none",
  visitor: null,
  queue: { id: "que_1", name: "General" },
  priority: 0,
  state: "waiting",
  agent: null,
  startedAt: "2026-11-22T20:00:00.000Z",
  lastSeq: 0,
  lastText: null,
  readByAgent: 0,
  readByVisitor: 0,
  closingReason: null,
  ...part,
});

const message = (seq: number, text = `text ${seq}`): Message => ({
  id: `msg_${seq}`,
  clientId: `c${seq}`,
  seq,
  from: "visitor",
  name: null,
  text,
  sentAt: "2026-11-22T20:00:00.000Z",
});

describe("the order of the inbox", () => {
  it("serves higher priority first, then the longer wait", () => {
    const late = conversation("late", { startedAt: "2026-11-22T20:05:00.000Z" });
    const early = conversation("early");
    const urgent = conversation("urgent", { startedAt: "2026-11-22T20:09:00.000Z", priority: 5 });
    const mine = conversation("mine", { state: "active", priority: 100 });
    expect([mine, late, early, urgent].sort(inboxOrder).map(({ id }) => id)).toEqual(["urgent", "early", "late", "mine"]);
  });

  it("counts what the agent's side has not read", () => {
    expect(unreadOf(conversation("a", { lastSeq: 5, readByAgent: 3 }))).toBe(2);
    expect(unreadOf(conversation("a", { lastSeq: 2, readByAgent: 3 }))).toBe(0);
  });
});

describe("messages", () => {
  it("join in order, each once, and show what is missing", () => {
    const all = merged([message(1), message(2)], [message(2), message(5), message(3)]);
    expect(all.map(({ seq }) => seq)).toEqual([1, 2, 3, 5]);
    expect(hasGap(all)).toBe(true);
    expect(wholeUpTo(all)).toBe(3);
    expect(hasGap(merged(all, [message(4)]))).toBe(false);
  });
});

describe("events of the socket", () => {
  let cache: QueryClient;
  const open = () => cache.getQueryData<AgentConversation[]>(openKey) ?? [];

  beforeEach(() => {
    cache = new QueryClient();
    cache.setQueryData(openKey, [conversation("a"), conversation("b")]);
  });

  it("add, change, and take away conversations", () => {
    applyEvent(cache, { type: "conversation", conversation: conversation("c", { priority: 9 }) });
    expect(open().map(({ id }) => id)).toEqual(["c", "a", "b"]);
    applyEvent(cache, { type: "gone", conversation: "a" });
    applyEvent(cache, { type: "conversation", conversation: conversation("b", { state: "closed" }) });
    expect(open().map(({ id }) => id)).toEqual(["c"]);
  });

  it("put a message into its conversation and into the inbox", () => {
    cache.setQueryData(messagesKey("a"), [message(1)]);
    applyEvent(cache, { type: "message", conversation: "a", message: message(2, "hello") });
    expect(cache.getQueryData<Message[]>(messagesKey("a"))?.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(open()[0]).toMatchObject({ lastSeq: 2, lastText: "hello" });
  });

  it("ask for messages that were missed", async () => {
    const asked = script({
      "GET /agent/conversations/a/messages": () => ok({ items: [message(2), message(3)], more: false }),
    });
    cache.setQueryData(messagesKey("a"), [message(1)]);
    applyEvent(cache, { type: "message", conversation: "a", message: message(4) });
    await vi.waitFor(() =>
      expect(cache.getQueryData<Message[]>(messagesKey("a"))?.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]),
    );
    expect(asked[0]?.search.get("after")).toBe("1");
  });

  it("read everything again after a loss", () => {
    applyEvent(cache, { type: "resync" });
    expect(cache.getQueryState(openKey)?.isInvalidated).toBe(true);
  });
});
