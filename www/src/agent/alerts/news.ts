// What is new between two looks at the lists. Pure. The lists are right after events, and after a time without a connection
// too, so nothing has to be counted twice. What comes into sight because another page of the list was read is not new.
import type { AgentConversation } from "../../api/types";
import { unreadOf, waitingOrder } from "../inbox/order";
import type { Listed } from "../useLists";

export interface Look {
  waiting: Listed;
  mine: AgentConversation[];
  offered: AgentConversation[];
}

export interface News {
  /** Those that began to wait. */
  waiting: AgentConversation[];
  /** Own ones that nobody picked: their queue or a supervisor gave them. */
  given: AgentConversation[];
  /** Own ones in which the visitor wrote. */
  written: AgentConversation[];
  /** Those that colleagues began to offer. */
  offered: AgentConversation[];
}

export function newsBetween(before: Look, after: Look): News {
  const known = new Set([...before.waiting.items, ...before.mine].map(({ id }) => id));
  const end = before.waiting.isWhole ? undefined : before.waiting.items.at(-1);
  const waiting = after.waiting.items.filter(
    (conversation) => !known.has(conversation.id) && (end === undefined || waitingOrder(conversation, end) < 0),
  );
  const mineBefore = new Map(before.mine.map((conversation) => [conversation.id, conversation]));
  const written = after.mine.filter((conversation) => {
    const earlier = mineBefore.get(conversation.id);
    return earlier !== undefined && conversation.lastSeq > earlier.lastSeq && unreadOf(conversation) > 0;
  });
  const given = after.mine.filter(({ id, pushed }) => pushed && !mineBefore.has(id));
  const offeredBefore = new Set(before.offered.map(({ id }) => id));
  const offered = after.offered.filter(({ id }) => !offeredBefore.has(id));
  return { waiting, given, written, offered };
}
