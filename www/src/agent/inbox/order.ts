// The order of the inbox, and what one event does to its lists. Pure: lists in, lists out.
import type { InfiniteData } from "@tanstack/react-query";
import type { AgentConversation, Page } from "../../api/types";

/** A list that is read a page at a time. */
export type Pages = InfiniteData<Page<AgentConversation>, string | undefined>;

/** Waiting ones as the server serves them: priority, then those an agent had already, then the longest wait. */
export function waitingOrder(a: AgentConversation, b: AgentConversation): number {
  return (
    b.priority - a.priority ||
    Number(b.handedBack) - Number(a.handedBack) ||
    compareText(a.startedAt, b.startedAt) ||
    compareText(a.id, b.id)
  );
}

/** One's own, newest first. */
export function mineOrder(a: AgentConversation, b: AgentConversation): number {
  return compareText(b.startedAt, a.startedAt) || compareText(a.id, b.id);
}

/**
 * The waiting ones after `changed` came: moved, added or taken out. One that stands behind all that are loaded is added only
 * when these are all there are; otherwise it comes with its page.
 */
export function withWaiting(waiting: Pages, changed: AgentConversation): Pages {
  const others = withoutConversation(waiting, changed.id);
  const last = others.pages.length - 1;
  if (changed.state !== "waiting" || last < 0) return others;
  const found = others.pages.findIndex(({ items }) => items.some((other) => waitingOrder(changed, other) < 0));
  if (found === -1 && others.pages[last]?.next != null) return others;
  const index = found === -1 ? last : found;
  return changedPage(others, index, (items) => {
    const place = items.findIndex((other) => waitingOrder(changed, other) < 0);
    return items.toSpliced(place === -1 ? items.length : place, 0, changed);
  });
}

export function withoutConversation(list: Pages, id: string): Pages {
  const index = list.pages.findIndex(({ items }) => items.some((other) => other.id === id));
  return index === -1 ? list : changedPage(list, index, (items) => items.filter((other) => other.id !== id));
}

/** Puts a conversation on top of a list, or in its place where the list has it. */
export function withOnTop(list: Pages, added: AgentConversation): Pages {
  const index = list.pages.findIndex(({ items }) => items.some(({ id }) => id === added.id));
  if (index !== -1) return changedPage(list, index, (items) => items.map((other) => (other.id === added.id ? added : other)));
  return list.pages.length === 0 ? list : changedPage(list, 0, (items) => [added, ...items]);
}

/** One's own conversations after `changed` came. What is active and told to this console is one's own. */
export function withMine(mine: AgentConversation[], changed: AgentConversation): AgentConversation[] {
  const others = mine.filter(({ id }) => id !== changed.id);
  if (changed.state === "active") return [...others, changed].sort(mineOrder);
  return others.length === mine.length ? mine : others;
}

/** A conversation after a message was stored in it. What the agent's side wrote, it has seen. */
export function withMessage(conversation: AgentConversation, seq: number, text: string, isOwn: boolean): AgentConversation {
  if (seq <= conversation.lastSeq) return conversation;
  const readByAgent = isOwn ? seq : conversation.readByAgent;
  return { ...conversation, lastSeq: seq, lastText: text.slice(0, 120), readByAgent };
}

/** How many messages the agent's side has not seen. */
export function unreadOf({ lastSeq, readByAgent }: AgentConversation): number {
  return Math.max(0, lastSeq - readByAgent);
}

export function changedPage(list: Pages, index: number, change: (items: AgentConversation[]) => AgentConversation[]): Pages {
  const pages = list.pages.map((page, at) => (at === index ? { ...page, items: change(page.items) } : page));
  return { ...list, pages };
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
