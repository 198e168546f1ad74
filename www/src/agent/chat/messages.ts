// The messages of one conversation: how new ones join those that are known. Pure.
import type { Message } from "../../api/types";

/** Known and new messages in order of `seq`, each once. */
export function merged(known: Message[], more: Message[]): Message[] {
  const last = known.at(-1)?.seq ?? 0;
  if (more.every(({ seq }, index) => seq === last + index + 1)) return more.length === 0 ? known : [...known, ...more];
  const bySeq = new Map([...known, ...more].map((message) => [message.seq, message]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** True when a message between the known ones is missing: then they are asked for. */
export function hasGap(messages: Message[]): boolean {
  return messages.some(({ seq }, index) => seq !== index + 1);
}

/** The highest `seq` up to which nothing is missing. */
export function wholeUpTo(messages: Message[]): number {
  const gap = messages.findIndex(({ seq }, index) => seq !== index + 1);
  return gap === -1 ? (messages.at(-1)?.seq ?? 0) : gap;
}

/** Messages of one author that follow each other closely: shown as one block. */
export interface Block {
  from: Message["from"];
  name: string | null;
  messages: Message[];
}

/** A pause after which a block ends, in milliseconds. */
const blockPause = 5 * 60_000;

/** Messages as they are shown: by local day, then by block. */
export function byDay(messages: Message[], dayOf: (time: string) => string): { day: string; blocks: Block[] }[] {
  const days: { day: string; blocks: Block[] }[] = [];
  let before: Message | undefined;
  for (const message of messages) {
    const day = dayOf(message.sentAt);
    if (days.at(-1)?.day !== day) {
      days.push({ day, blocks: [] });
      before = undefined;
    }
    const blocks = days.at(-1)?.blocks ?? [];
    const follows =
      before !== undefined &&
      before.from === message.from &&
      before.name === message.name &&
      Date.parse(message.sentAt) - Date.parse(before.sentAt) < blockPause;
    if (follows) blocks.at(-1)?.messages.push(message);
    else blocks.push({ from: message.from, name: message.name ?? null, messages: [message] });
    before = message;
  }
  return days;
}
