// What an event of the socket does to what is kept: the lists, the summaries, the messages.
import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { AgentConversation, AgentEvent, Message, Page } from "../../api/types";
import { readMessages } from "../agentApi";
import { hasGap, merged, wholeUpTo } from "../chat/messages";
import { withConversation, withoutConversation } from "../inbox/order";
import { closedKey, messagesKey, openKey, summaryKey } from "../keys";
import { addEvents, addNotes } from "./applyAside";

/** Applies an event. Typing and problems concern the screen, not what is kept: they are left to others. */
export function applyEvent(cache: QueryClient, event: AgentEvent): void {
  switch (event.type) {
    case "welcome":
    case "resync":
      return readAgain(cache);
    case "conversation":
      return conversationChanged(cache, event.conversation);
    case "gone":
      cache.setQueryData<AgentConversation[]>(openKey, (open) => open && withoutConversation(open, event.conversation));
      void cache.invalidateQueries({ queryKey: summaryKey(event.conversation) });
      return;
    case "note":
      return addNotes(cache, event.conversation, [event.note]);
    case "conversation-event":
      return addEvents(cache, event.conversation, [event.event]);
    case "message":
      return messageStored(cache, event.conversation, event.message);
  }
}

/** Events were missed: everything that is shown is asked again; messages only from where they stop. */
function readAgain(cache: QueryClient): void {
  void cache.invalidateQueries({ queryKey: openKey });
  void cache.invalidateQueries({ queryKey: closedKey });
  void cache.invalidateQueries({ queryKey: ["agent", "summary"] });
  void cache.invalidateQueries({ queryKey: ["agent", "messages"] });
  void cache.invalidateQueries({ queryKey: ["agent", "notes"] });
  void cache.invalidateQueries({ queryKey: ["agent", "events"] });
}

function conversationChanged(cache: QueryClient, changed: AgentConversation): void {
  cache.setQueryData<AgentConversation[]>(openKey, (open) => open && withConversation(open, changed));
  const wasClosed = changed.state === "closed";
  cache.setQueryData<InfiniteData<Page<AgentConversation>>>(closedKey, (closed) => {
    const [first, ...rest] = closed?.pages ?? [];
    if (!closed || !first || !wasClosed) return closed;
    const known = closed.pages.some(({ items }) => items.some(({ id }) => id === changed.id));
    return known ? closed : { ...closed, pages: [{ ...first, items: [changed, ...first.items] }, ...rest] };
  });
  // Identity, contact, context, queue: all of it may have changed.
  void cache.invalidateQueries({ queryKey: summaryKey(changed.id) });
}

function messageStored(cache: QueryClient, conversation: string, message: Message): void {
  cache.setQueryData<AgentConversation[]>(openKey, (open) =>
    open?.map((other) =>
      other.id === conversation && message.seq > other.lastSeq
        ? { ...other, lastSeq: message.seq, lastText: message.text.slice(0, 120) }
        : other,
    ),
  );
  addMessages(cache, conversation, [message]);
}

/** Adds messages to those that are kept, if any are; what is missing between them is asked for. */
export function addMessages(cache: QueryClient, conversation: string, more: Message[]): void {
  const key = messagesKey(conversation);
  const known = cache.getQueryData<Message[]>(key);
  if (!known) return;
  const all = merged(known, more);
  cache.setQueryData(key, all);
  if (!hasGap(all)) return;
  readMessages(conversation, wholeUpTo(all))
    .then((missing) => cache.setQueryData<Message[]>(key, (now) => now && merged(now, missing)))
    .catch(() => cache.invalidateQueries({ queryKey: key }));
}
