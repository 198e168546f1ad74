// The inbox's order, and what the socket's events do to what is kept.
import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { hasGap, merged, wholeUpTo } from "../../src/agent/chat/messages";
import { mineOrder, type Pages, unreadOf, waitingOrder, withOnTop } from "../../src/agent/inbox/order";
import { messagesKey, mineKey, notesKey, summaryKey, unansweredKey, waitingKey } from "../../src/agent/keys";
import { applyEvent } from "../../src/agent/live/applyEvent";
import { duringReads } from "../../src/agent/live/duringReads";
import type { AgentConversation, AgentEvent, Message } from "../../src/api/types";
import { sessionQuery } from "../../src/session/session";
import { ada, ok, script } from "../scripted";
import { conversation, pages } from "./conversations";

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
  it("serves higher priority first, then what was handed back, then the longer wait", () => {
    const late = conversation("late", { startedAt: "2026-11-22T20:05:00.000Z" });
    const early = conversation("early");
    const urgent = conversation("urgent", { startedAt: "2026-11-22T20:09:00.000Z", priority: 5 });
    const returned = conversation("returned", { startedAt: "2026-11-22T20:07:00.000Z", handedBack: true });
    const sorted = [late, early, returned, urgent].sort(waitingOrder);
    expect(sorted.map(({ id }) => id)).toEqual(["urgent", "returned", "early", "late"]);
    expect([early, late].sort(mineOrder).map(({ id }) => id)).toEqual(["late", "early"]);
  });

  it("puts what was closed on top, or in its place where it is known", () => {
    const list = pages(null, [conversation("a")], [conversation("b")]);
    const ids = (list: Pages) => list.pages.map(({ items }) => items.map(({ id }) => id));
    expect(ids(withOnTop(list, conversation("c")))).toEqual([["c", "a"], ["b"]]);
    const changed = withOnTop(list, conversation("b", { closingReason: "Solved" }));
    expect(ids(changed)).toEqual([["a"], ["b"]]);
    expect(changed.pages[1]?.items[0]?.closingReason).toBe("Solved");
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
  const idsOf = (list: Pages | undefined) => list?.pages.map(({ items }) => items.map(({ id }) => id));
  const waiting = () => idsOf(cache.getQueryData<Pages>(waitingKey));
  const mine = () => cache.getQueryData<AgentConversation[]>(mineKey) ?? [];
  const changed = (changed: AgentConversation): AgentEvent => ({ type: "conversation", conversation: changed });
  const started = (minute: number) => ({ startedAt: `2026-11-22T20:${minute}:00.000Z` });

  beforeEach(() => {
    cache = new QueryClient();
    cache.setQueryData(waitingKey, pages(null, [conversation("a", started(10))], [conversation("c", started(30))]));
    cache.setQueryData(mineKey, []);
  });

  it("add, move, and take away conversations", () => {
    applyEvent(cache, changed(conversation("b", started(20))));
    expect(waiting()).toEqual([["a"], ["b", "c"]]);
    applyEvent(cache, changed(conversation("d", started(40))));
    expect(waiting()).toEqual([["a"], ["b", "c", "d"]]);
    applyEvent(cache, changed(conversation("d", { ...started(40), priority: 9 })));
    expect(waiting()).toEqual([["d", "a"], ["b", "c"]]);
    applyEvent(cache, { type: "gone", conversation: "a" });
    applyEvent(cache, changed(conversation("b", { state: "closed" })));
    applyEvent(cache, changed(conversation("c", { state: "active" })));
    expect(waiting()).toEqual([["d"], []]);
    expect(mine().map(({ id }) => id)).toEqual(["c"]);
    applyEvent(cache, changed(conversation("c", { state: "closed" })));
    expect(mine()).toEqual([]);
  });

  it("leave what stands behind all that is loaded to its page", () => {
    cache.setQueryData(waitingKey, pages("next", [conversation("a", started(10))]));
    applyEvent(cache, changed(conversation("d", started(40))));
    expect(waiting()).toEqual([["a"]]);
    applyEvent(cache, changed(conversation("d", { ...started(40), priority: 1 })));
    expect(waiting()).toEqual([["d", "a"]]);
  });

  it("are not lost while a list is read", async () => {
    const reads = duringReads(cache);
    let answer = (_: Pages) => {};
    const read = cache.fetchQuery({ queryKey: waitingKey, queryFn: () => new Promise<Pages>((resolve) => (answer = resolve)) });
    for (const event of [changed(conversation("b", started(20))), { type: "gone", conversation: "a" } as const]) {
      applyEvent(cache, event);
      reads.came(event);
    }
    answer(pages(null, [conversation("a", started(10)), conversation("c", started(30))]));
    await read;
    expect(waiting()).toEqual([["b", "c"]]);
    // Once it is read, what came before is over.
    await cache.fetchQuery({ queryKey: waitingKey, queryFn: () => pages(null, [conversation("a")]) });
    expect(waiting()).toEqual([["a"]]);
    reads.stop();
  });

  it("put a message into its conversation and into the inbox", () => {
    cache.setQueryData(mineKey, [conversation("m", { state: "active" })]);
    cache.setQueryData(messagesKey("m"), [message(1)]);
    applyEvent(cache, { type: "message", conversation: "m", message: message(2, "hello") });
    applyEvent(cache, { type: "message", conversation: "a", message: message(1, "anybody?") });
    expect(cache.getQueryData<Message[]>(messagesKey("m"))?.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(mine()[0]).toMatchObject({ lastSeq: 2, lastText: "hello", readByAgent: 0 });
    expect(cache.getQueryData<Pages>(waitingKey)?.pages[0]?.items[0]).toMatchObject({ lastSeq: 1, lastText: "anybody?" });
    applyEvent(cache, { type: "message", conversation: "m", message: { ...message(3), from: "agent" } });
    expect(unreadOf(mine()[0] as AgentConversation)).toBe(0);
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

  it("ask again for what could not be read while the conversation was not theirs to see", async () => {
    const queryFn = vi.fn(async (): Promise<Message[]> => Promise.reject(new Error("403")));
    const observer = new QueryObserver(cache, { queryKey: notesKey("a"), queryFn, retry: false });
    const stop = observer.subscribe(() => {});
    await vi.waitFor(() => expect(cache.getQueryState(notesKey("a"))?.status).toBe("error"));
    queryFn.mockResolvedValue([]);
    applyEvent(cache, { type: "conversation", conversation: conversation("b") });
    expect(queryFn).toHaveBeenCalledTimes(1);
    applyEvent(cache, { type: "conversation", conversation: conversation("a") });
    await vi.waitFor(() => expect(cache.getQueryState(notesKey("a"))?.status).toBe("success"));
    stop();
  });

  it("are not lost while a conversation is read for the first time", async () => {
    let answer = (_: Message[]) => {};
    const queryFn = () => new Promise<Message[]>((resolve) => (answer = resolve));
    const stops = [
      new QueryObserver(cache, { queryKey: messagesKey("m"), queryFn }).subscribe(() => {}),
      new QueryObserver(cache, { queryKey: notesKey("m"), queryFn: async () => [] as object[] }).subscribe(() => {}),
    ];
    applyEvent(cache, { type: "message", conversation: "m", message: message(2) });
    const note = { id: "not_1", clientId: "n", number: 1, afterSeq: 0, author: "opr_1", name: "Ana", text: "x", writtenAt: "" };
    applyEvent(cache, { type: "note", conversation: "m", note });
    answer([message(1)]);
    await vi.waitFor(() => expect(cache.getQueryData<Message[]>(messagesKey("m"))?.map(({ seq }) => seq)).toEqual([1, 2]));
    await vi.waitFor(() => expect(cache.getQueryData(notesKey("m"))).toEqual([note]));
    for (const stop of stops) stop();
  });

  it("ask once more for what was being read before the socket was there", async () => {
    const answers: ((list: AgentConversation[]) => void)[] = [];
    cache.removeQueries({ queryKey: mineKey });
    const queryFn = () => new Promise<AgentConversation[]>((resolve) => answers.push(resolve));
    const stop = new QueryObserver(cache, { queryKey: mineKey, queryFn, staleTime: Infinity }).subscribe(() => {});
    applyEvent(cache, { type: "welcome", heartbeatMs: 1000, serverTime: "" });
    answers[0]?.([]);
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.([conversation("m", { state: "active" })]);
    await vi.waitFor(() => expect(mine()).toHaveLength(1));
    expect(answers).toHaveLength(2);
    stop();
  });

  it("ask for the unanswered ones again only where one that waited is gone", () => {
    const gone = (id: string) => {
      cache.setQueryData(unansweredKey, pages(null, []));
      applyEvent(cache, { type: "gone", conversation: id });
      return cache.getQueryState(unansweredKey)?.isInvalidated;
    };
    expect(gone("never waited")).toBe(false);
    expect(gone("a")).toBe(true);
    // It may wait on a page that is not loaded.
    cache.setQueryData(waitingKey, pages("next", []));
    expect(gone("b")).toBe(true);
  });

  it("ask once more for the unanswered ones, and for a summary, that were being read when one was gone", async () => {
    for (const queryKey of [unansweredKey, summaryKey("a")]) {
      const answers: ((list: Pages) => void)[] = [];
      const queryFn = () => new Promise<Pages>((resolve) => answers.push(resolve));
      cache.setQueryData(waitingKey, pages(null, [conversation("a")]));
      const stop = new QueryObserver(cache, { queryKey, queryFn, staleTime: Infinity }).subscribe(() => {});
      applyEvent(cache, { type: "gone", conversation: "a" });
      expect(answers).toHaveLength(1);
      answers[0]?.(pages(null, []));
      await vi.waitFor(() => expect(answers).toHaveLength(2));
      stop();
    }
  });

  it("ask once more for a summary that was being read when another, because of which it may be read, was gone", async () => {
    const answers: (() => void)[] = [];
    const queryFn = () => new Promise<object>((resolve) => answers.push(() => resolve({ isReadOnly: true })));
    const stop = new QueryObserver(cache, { queryKey: summaryKey("a"), queryFn, staleTime: Infinity }).subscribe(() => {});
    applyEvent(cache, { type: "gone", conversation: "b" });
    expect(answers).toHaveLength(1);
    answers[0]?.();
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    stop();
  });

  it("read everything again after a loss, also who is signed in, as they may have another role", () => {
    cache.setQueryData(sessionQuery.queryKey, { operator: ada, isOver: false });
    applyEvent(cache, { type: "resync" });
    for (const key of [waitingKey, mineKey, sessionQuery.queryKey]) expect(cache.getQueryState(key)?.isInvalidated).toBe(true);
  });
});
