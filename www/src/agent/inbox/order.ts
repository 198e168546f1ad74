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

/** All that are open: those that wait as they are served, then the longest chat. */
export function allOrder(a: AgentConversation, b: AgentConversation): number {
  const [first, second] = [a.state === "waiting", b.state === "waiting"];
  if (first && second) return waitingOrder(a, b);
  return Number(second) - Number(first) || compareText(a.startedAt, b.startedAt) || compareText(a.id, b.id);
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
  return changed.state === "waiting" ? withInOrder(others, changed, waitingOrder) : others;
}

/** All that are open after `changed` came; as with those that wait, what stands behind all that are loaded comes with its page. */
export function withAll(all: Pages, changed: AgentConversation): Pages {
  const others = withoutConversation(all, changed.id);
  return changed.state === "closed" ? others : withInOrder(others, changed, allOrder);
}

function withInOrder(others: Pages, added: AgentConversation, order: typeof waitingOrder): Pages {
  const last = others.pages.length - 1;
  if (last < 0) return others;
  const found = others.pages.findIndex(({ items }) => items.some((other) => order(added, other) < 0));
  if (found === -1 && others.pages[last]?.next != null) return others;
  const index = found === -1 ? last : found;
  return changedPage(others, index, (items) => {
    const place = items.findIndex((other) => order(added, other) < 0);
    return items.toSpliced(place === -1 ? items.length : place, 0, added);
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

/** Whether somebody else has a conversation. `me` is not known before the session is read. */
export const isOthers = ({ agent }: AgentConversation, me: string | undefined): boolean =>
  me !== undefined && agent != null && agent.id !== me;

/** What is offered to this person after `changed` came, the longest chat first. */
export function withOffered(offered: AgentConversation[], changed: AgentConversation, me: string | undefined): AgentConversation[] {
  const others = offered.filter(({ id }) => id !== changed.id);
  if (changed.offer != null && changed.offer.to.id === me) return [...others, changed].sort(allOrder);
  return others.length === offered.length ? offered : others;
}

/** One's own conversations after `changed` came. What is active and with nobody else is one's own. */
export function withMine(mine: AgentConversation[], changed: AgentConversation, me?: string): AgentConversation[] {
  const others = mine.filter(({ id }) => id !== changed.id);
  if (changed.state === "active" && !isOthers(changed, me)) return [...others, changed].sort(mineOrder);
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
