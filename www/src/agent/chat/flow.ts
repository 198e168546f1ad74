// The flow of a conversation: what was said, with the notes and events between, by day. Pure.
import type { ConversationEvent, Message, Note } from "../../api/types";
import { type Block, byDay } from "./messages";

export type FlowItem =
  | { kind: "block"; block: Block }
  | { kind: "note"; note: Note }
  | { kind: "event"; event: ConversationEvent };

export interface FlowDay {
  day: string;
  items: FlowItem[];
}

interface Aside {
  item: FlowItem;
  afterSeq: number;
  at: string;
}

/**
 * Days with what they hold. A note or event stands behind the message it came after, whatever the clocks say; several behind
 * one message stand by their time.
 */
export function flowByDay(
  messages: Message[],
  notes: Note[],
  events: ConversationEvent[],
  dayOf: (time: string) => string,
): FlowDay[] {
  const asides: Aside[] = [
    ...events.map((event) => ({ item: { kind: "event" as const, event }, afterSeq: event.afterSeq, at: event.at })),
    ...notes.map((note) => ({ item: { kind: "note" as const, note }, afterSeq: note.afterSeq, at: note.writtenAt })),
  ].sort((a, b) => a.afterSeq - b.afterSeq || Date.parse(a.at) - Date.parse(b.at));
  const days: FlowDay[] = [];
  const put = (day: string, items: FlowItem[]) => {
    const last = days.at(-1);
    if (last?.day === day) last.items.push(...items);
    else days.push({ day, items });
  };
  let next = 0;
  const putMessagesUntil = (seq: number) => {
    const start = next;
    while (next < messages.length && (messages[next]?.seq ?? 0) <= seq) next += 1;
    for (const { day, blocks } of byDay(messages.slice(start, next), dayOf)) {
      put(
        day,
        blocks.map((block) => ({ kind: "block", block })),
      );
    }
  };
  for (const { item, afterSeq, at } of asides) {
    putMessagesUntil(afterSeq);
    put(dayOf(at), [item]);
  }
  putMessagesUntil(Number.POSITIVE_INFINITY);
  return days;
}

/** A key for each item that stays while others come. */
export function keyOf(item: FlowItem): string {
  if (item.kind === "note") return item.note.id;
  if (item.kind === "event") return `event ${item.event.number}`;
  return item.block.messages[0]?.id ?? "";
}
