// What an offer, a supervisor's sight and a lost conversation do to what is kept, and the words for what happened.
import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { newsBetween } from "../../src/agent/alerts/news";
import { noticesFor } from "../../src/agent/alerts/raise";
import { colleagues } from "../../src/agent/availability/availabilityApi";
import { eventText } from "../../src/agent/chat/eventText";
import { colleagueText, queueText } from "../../src/agent/handOver/targets";
import type { Pages } from "../../src/agent/inbox/order";
import { allKey, closedKey, mineKey, offeredKey, unansweredKey, waitingKey } from "../../src/agent/keys";
import { applyEvent } from "../../src/agent/live/applyEvent";
import { lostBy } from "../../src/agent/live/lostBy";
import type { AgentConversation, AgentEvent, Colleague, ConversationEvent } from "../../src/api/types";
import { sessionQuery } from "../../src/session/session";
import { ada } from "../scripted";
import { conversation, pages } from "./conversations";

const me = { id: ada.id, name: ada.name };
const ana = { id: "opr_ana", name: "Ana" };
const colleague: Colleague = { ...ana, connected: true, availability: { state: "here" }, active: 0, capacity: null };
const offer = (to = me) => ({ to, by: ana, note: null, lapsesAt: "2026-11-22T20:02:00.000Z" });
const changed = (changed: AgentConversation): AgentEvent => ({ type: "conversation", conversation: changed });
const at = (minute: number) => ({ startedAt: `2026-11-22T20:${minute}:00.000Z` });

describe("the lists", () => {
  let cache: QueryClient;
  const idsOf = (key: readonly string[]) =>
    key === mineKey || key === offeredKey
      ? cache.getQueryData<AgentConversation[]>(key)?.map(({ id }) => id)
      : cache.getQueryData<Pages>(key)?.pages.flatMap(({ items }) => items.map(({ id }) => id));

  beforeEach(() => {
    cache = new QueryClient();
    cache.setQueryData(sessionQuery.queryKey, { operator: ada, isOver: false });
    for (const key of [waitingKey, allKey, closedKey]) cache.setQueryData(key, pages(null, []));
    for (const key of [mineKey, offeredKey]) cache.setQueryData(key, []);
  });

  it("hold what others have only where all stand", () => {
    applyEvent(cache, changed(conversation("others", { ...at(15), state: "active", agent: ana })));
    applyEvent(cache, changed(conversation("own", { ...at(10), state: "active", agent: me })));
    applyEvent(cache, changed(conversation("waits", at(20))));
    expect(idsOf(allKey)).toEqual(["waits", "own", "others"]);
    expect(idsOf(mineKey)).toEqual(["own"]);
    applyEvent(cache, changed(conversation("others", { ...at(15), state: "closed", agent: ana })));
    expect(idsOf(allKey)).toEqual(["waits", "own"]);
    expect(idsOf(closedKey)).toEqual([]);
  });

  it("hold one that nobody answered among the unanswered only, whoever sees it", () => {
    cache.setQueryData(unansweredKey, pages(null, []));
    applyEvent(cache, changed(conversation("left", { state: "closed" })));
    expect(idsOf(closedKey)).toEqual([]);
    expect(cache.getQueryState(unansweredKey)?.isInvalidated).toBe(true);
    applyEvent(cache, changed(conversation("own", { state: "closed", agent: me })));
    expect(idsOf(closedKey)).toEqual(["own"]);
  });

  it("that no tab shows are read anew when one does, after a loss and whatever came since", async () => {
    const lists = [allKey, closedKey, [colleagues.key, "list"]];
    cache.setQueryData([colleagues.key, "list"], { pages: [{ items: [], next: null }], pageParams: [undefined] });
    // As on the page of one conversation, which looks at what is known of all.
    const disabled = new QueryObserver(cache, { queryKey: allKey, enabled: false }).subscribe(() => {});
    applyEvent(cache, { type: "resync" });
    applyEvent(cache, changed(conversation("own", { state: "active", agent: me })));
    applyEvent(cache, changed(conversation("own", { state: "closed", agent: me })));
    applyEvent(cache, { type: "colleague", colleague });
    for (const queryKey of lists) {
      const queryFn = vi.fn(async () => pages(null, []));
      const stop = new QueryObserver(cache, { queryKey, queryFn, staleTime: Infinity }).subscribe(() => {});
      await vi.waitFor(() => expect(queryFn).toHaveBeenCalledOnce());
      stop();
    }
    disabled();
  });

  it("hold an offer until it is answered", () => {
    const active = { ...at(10), state: "active", agent: ana } as const;
    applyEvent(cache, changed(conversation("a", { ...active, offer: offer() })));
    expect(idsOf(offeredKey)).toEqual(["a"]);
    expect(idsOf(mineKey)).toEqual([]);
    applyEvent(cache, changed(conversation("a", { ...active, agent: me })));
    expect(idsOf(offeredKey)).toEqual([]);
    expect(idsOf(mineKey)).toEqual(["a"]);
    applyEvent(cache, changed(conversation("b", { ...active, offer: offer() })));
    applyEvent(cache, { type: "gone", conversation: "b", agent: ana });
    expect(idsOf(offeredKey)).toEqual([]);
    // One's own, offered to somebody else.
    applyEvent(cache, changed(conversation("a", { ...active, agent: me, offer: offer(ana) })));
    expect(idsOf(offeredKey)).toEqual([]);
  });

  it("tell who has what was one's own", () => {
    cache.setQueryData(mineKey, [conversation("m", { state: "active", agent: me, visitor: "Bert" })]);
    expect(lostBy(cache, { type: "gone", conversation: "m", agent: ana })).toBe("Ana has the chat with Bert now");
    expect(lostBy(cache, { type: "gone", conversation: "m" })).toBeNull();
    expect(lostBy(cache, { type: "gone", conversation: "other", agent: ana })).toBeNull();
    // A supervisor still sees it.
    expect(lostBy(cache, changed(conversation("m", { state: "active", agent: ana })))).toBe("Ana has the chat with Bert now");
    expect(lostBy(cache, changed(conversation("m", { state: "active", agent: me })))).toBeNull();
  });
});

describe("an offer", () => {
  it("is news once, whatever the queue", () => {
    const look = (offered: AgentConversation[]) => ({ waiting: { items: [], isWhole: true }, mine: [], offered });
    const offered = conversation("a", { state: "active", agent: ana, offer: offer(), visitor: "Bert" });
    const news = newsBetween(look([]), look([offered]));
    const queues = { que_1: { name: "General", isOn: false } };
    const settings = { hasSound: true, hasDesktop: true, showsText: false, queues };
    expect(noticesFor(news, settings)).toMatchObject([{ title: "Ana offers you a chat", body: "Bert · General", conversation: "a" }]);
    expect(noticesFor(newsBetween(look([offered]), look([offered])), settings)).toEqual([]);
  });
});

describe("words", () => {
  const event = (kind: ConversationEvent["kind"], name: string | null, detail: string | null = null) =>
    eventText({ number: 1, afterSeq: 0, at: "", by: "operator", kind, name, detail });

  it("say what happened", () => {
    expect(event("offered", "Ana", "Ben")).toBe("Ana offered this to Ben");
    expect(event("offer-declined", "Ben")).toBe("Ben declined");
    expect(event("offer-withdrawn", "Ana")).toBe("Ana took the offer back");
    expect(event("offer-lapsed", "Ben")).toBe("Ben did not answer the offer");
    expect(event("handed-over", "Ana", "Ben")).toBe("Ana handed this to Ben");
    expect(event("requeued", "Ana", "Billing")).toBe("Ana handed this to the queue Billing");
    expect(event("taken-over", "Sue", "Ana")).toBe("Sue took this over from Ana");
    expect(event("assigned", "Ben", "Sue")).toBe("Sue assigned this to Ben");
    expect(event("joined", "Sue")).toBe("Sue joined");
    expect(event("left", "Sue")).toBe("Sue left");
  });

  it("say who is there", () => {
    expect(colleagueText({ id: "a", name: "Ben", isHere: true, isAway: false, active: 1 })).toBe("Ben (here, 1 chat)");
    expect(colleagueText({ id: "a", name: "Gus", isHere: false, isAway: true, active: 0 })).toBe("Gus (absent, 0 chats)");
    expect(colleagueText({ id: "a", name: "Ida", isHere: true, isAway: true, active: 0 })).toBe("Ida (away, 0 chats)");
    expect(queueText({ id: "q", name: "VIP", here: 0 }, false)).toBe("VIP (nobody here)");
    expect(queueText({ id: "q", name: "VIP", here: 2 }, true)).toBe("VIP (back in line, 2 here)");
  });
});
