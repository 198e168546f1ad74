// The order of the inbox, and what one event does to it. Pure: lists in, lists out.
import type { AgentConversation } from "../../api/types";

/** Waiting ones as the server serves them: priority, then those handed back, then the longest wait. Then the active ones, newest first. */
export function inboxOrder(a: AgentConversation, b: AgentConversation): number {
  if (a.state !== b.state) return a.state === "waiting" ? -1 : 1;
  if (a.state === "waiting")
    return (
      b.priority - a.priority ||
      Number(b.handedBack) - Number(a.handedBack) ||
      compareText(a.startedAt, b.startedAt) ||
      compareText(a.id, b.id)
    );
  return compareText(b.startedAt, a.startedAt) || compareText(a.id, b.id);
}

/** The open conversations after `changed` came: replaced or added, gone when closed. */
export function withConversation(open: AgentConversation[], changed: AgentConversation): AgentConversation[] {
  const others = open.filter(({ id }) => id !== changed.id);
  return changed.state === "closed" ? others : [...others, changed].sort(inboxOrder);
}

export function withoutConversation(open: AgentConversation[], id: string): AgentConversation[] {
  return open.some((conversation) => conversation.id === id) ? open.filter((other) => other.id !== id) : open;
}

/** How many messages the agent's side has not seen. */
export function unreadOf({ lastSeq, readByAgent }: AgentConversation): number {
  return Math.max(0, lastSeq - readByAgent);
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
