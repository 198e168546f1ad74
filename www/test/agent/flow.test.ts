// The flow of a conversation: notes and events stand behind the message they came after, and each is kept once.
import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { mergedByNumber, numberedUpTo } from "../../src/agent/chat/asides";
import { eventText } from "../../src/agent/chat/eventText";
import { flowByDay } from "../../src/agent/chat/flow";
import { eventsKey, notesKey } from "../../src/agent/keys";
import { applyEvent } from "../../src/agent/live/applyEvent";
import type { ConversationEvent, Message, Note } from "../../src/api/types";

const at = (minute: number) => `2026-11-22T20:${String(minute).padStart(2, "0")}:00.000Z`;

const message = (seq: number, from: Message["from"] = "visitor"): Message => ({
  id: `msg_${seq}`,
  clientId: `c${seq}`,
  seq,
  from,
  name: from === "agent" ? "Ana" : null,
  text: `text ${seq}`,
  sentAt: at(seq),
});

const note = (number: number, afterSeq: number, minute = afterSeq): Note => ({
  id: `not_${number}`,
  clientId: `n${number}`,
  number,
  afterSeq,
  author: "opr_1",
  name: "Ana",
  text: `note ${number}`,
  writtenAt: at(minute),
});

const event = (number: number, afterSeq: number, part: Partial<ConversationEvent> = {}): ConversationEvent => ({
  number,
  afterSeq,
  at: at(afterSeq),
  kind: "accepted",
  by: "operator",
  name: "Ana",
  detail: null,
  ...part,
});

const day = () => "Sunday";

function flow(messages: Message[], notes: Note[], events: ConversationEvent[], dayOf: (time: string) => string = day) {
  return flowByDay(messages, notes, events, dayOf).map(({ day, items }) => [
    day,
    ...items.map((item) => {
      if (item.kind === "note") return item.note.text;
      if (item.kind === "event") return `event ${item.event.number}`;
      return item.block.messages.map(({ seq }) => seq).join("+");
    }),
  ]);
}

describe("the flow", () => {
  it("puts each behind the message it came after, and breaks the block there", () => {
    expect(flow([message(1), message(2), message(3)], [note(1, 2)], [event(1, 0), event(2, 3)])).toEqual([
      ["Sunday", "event 1", "1+2", "note 1", "3", "event 2"],
    ]);
  });

  it("keeps the order of the messages, whatever the clocks say", () => {
    const early = note(1, 2, 0);
    expect(flow([message(1), message(2), message(3)], [early], [])).toEqual([["Sunday", "1+2", "note 1", "3"]]);
  });

  it("has notes and events before any message, and after all that are known", () => {
    expect(flow([], [note(1, 0, 2), note(2, 9)], [event(1, 0)])).toEqual([["Sunday", "event 1", "note 1", "note 2"]]);
  });

  it("begins a day where an event does", () => {
    const dayOf = (time: string) => (time < at(3) ? "Sunday" : "Monday");
    expect(flow([message(1), message(4)], [], [event(1, 1, { at: at(3) })], dayOf)).toEqual([
      ["Sunday", "1"],
      ["Monday", "event 1", "4"],
    ]);
  });
});

describe("what is kept of notes and events", () => {
  it("holds each once and in order, and knows up to where nothing is missing", () => {
    const all = mergedByNumber([note(1, 0)], [note(3, 0), note(1, 0)]);
    expect(all.map(({ number }) => number)).toEqual([1, 3]);
    expect(numberedUpTo(all)).toBe(1);
    expect(numberedUpTo([])).toBe(0);
  });

  it("takes them from the socket where the conversation is known, and asks for what is between", () => {
    const cache = new QueryClient();
    applyEvent(cache, { type: "note", conversation: "cnv_1", note: note(1, 0) });
    expect(cache.getQueryData(notesKey("cnv_1"))).toBeUndefined();
    cache.setQueryData(eventsKey("cnv_1"), []);
    applyEvent(cache, { type: "conversation-event", conversation: "cnv_1", event: event(1, 0) });
    expect(cache.getQueryState(eventsKey("cnv_1"))?.isInvalidated).toBe(false);
    applyEvent(cache, { type: "conversation-event", conversation: "cnv_1", event: event(3, 0) });
    expect(cache.getQueryData<ConversationEvent[]>(eventsKey("cnv_1"))?.map(({ number }) => number)).toEqual([1, 3]);
    expect(cache.getQueryState(eventsKey("cnv_1"))?.isInvalidated).toBe(true);
  });
});

describe("what happened, in words", () => {
  it.each([
    [event(1, 0), "Ana accepted the conversation"],
    [event(1, 0, { kind: "closed", detail: "Solved" }), "Ana closed the conversation: Solved"],
    [event(1, 0, { kind: "closed", by: "visitor", name: null }), "The visitor ended the conversation"],
    [
      event(1, 0, { kind: "identity-changed", by: "visitor", name: "B", detail: "A" }),
      "The visitor is called B from now on, and was called A",
    ],
  ])("%#", (happened, words) => expect(eventText(happened)).toBe(words));

  it("leaves out what a newer server may send", () => {
    expect(eventText(event(1, 0, { kind: "teleported" as ConversationEvent["kind"] }))).toBeNull();
  });
});
