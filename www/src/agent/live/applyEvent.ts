// What an event of the socket does to what is kept: the lists, the summaries, the messages.
import type { QueryClient } from "@tanstack/react-query";
import type { AgentConversation, AgentEvent, Message } from "../../api/types";
import { readMessages } from "../agentApi";
import { applyColleague, readAvailabilityAgain } from "../availability/useAvailability";
import { hasGap, merged, wholeUpTo } from "../chat/messages";
import {
  changedPage,
  isOthers,
  type Pages,
  withAll,
  withMessage,
  withMine,
  withOffered,
  withOnTop,
  withoutConversation,
  withWaiting,
} from "../inbox/order";
import { allKey, closedKey, eventsKey, messagesKey, mineKey, notesKey, offeredKey, summaryKey, unansweredKey, waitingKey } from "../keys";
import { operatorOf, sessionQuery } from "../../session/session";
import { invalidate, whereRead } from "./afterRead";
import { addEvents, addNotes } from "./applyAside";
import { samePersonGone, samePersonTold } from "./samePerson";

/** Applies an event. Typing and problems concern the screen, not what is kept: they are left to others. */
export function applyEvent(cache: QueryClient, event: AgentEvent): void {
  switch (event.type) {
    case "welcome":
    case "resync":
      return readAgain(cache);
    case "conversation":
      samePersonTold(cache, event.conversation);
      applyToLists(cache, event);
      // A supervisor is told of one that nobody answered when it ends; others, that it is gone.
      if (event.conversation.state === "closed" && event.conversation.agent == null) {
        invalidate(cache, { queryKey: unansweredKey });
      }
      // Identity, contact, context, queue: all of it may have changed.
      invalidate(cache, { queryKey: summaryKey(event.conversation.id) });
      retryOf(cache, event.conversation.id);
      return;
    case "gone":
      // It may have ended before anybody answered; one that did not wait has not.
      if (mayWait(cache, event.conversation)) invalidate(cache, { queryKey: unansweredKey });
      applyToLists(cache, event);
      invalidate(cache, { queryKey: summaryKey(event.conversation) });
      samePersonGone(cache, event.conversation);
      // Nothing more is told of it: what is kept is read on when it is opened again.
      for (const queryKey of contentKeys(event.conversation)) invalidate(cache, { queryKey, refetchType: "none" });
      return;
    case "note":
      return addNotes(cache, event.conversation, [event.note]);
    case "conversation-event":
      return addEvents(cache, event.conversation, [event.event]);
    case "colleague":
      return applyColleague(cache, event.colleague);
    case "message":
      applyToLists(cache, event);
      return addMessages(cache, event.conversation, [event.message]);
  }
}

const contentKeys = (id: string) => [messagesKey(id), notesKey(id), eventsKey(id)];

/** What could not be read of a conversation, as when it was not theirs to see, is read now that it is told of again. */
function retryOf(cache: QueryClient, id: string): void {
  for (const queryKey of contentKeys(id)) {
    if (cache.getQueryState(queryKey)?.status === "error") void cache.refetchQueries({ queryKey, exact: true });
  }
}

function mayWait(cache: QueryClient, id: string): boolean {
  const pages = cache.getQueryData<Pages>(waitingKey)?.pages;
  const isWhole = pages !== undefined && pages.at(-1)?.next == null;
  return !isWhole || pages.some(({ items }) => items.some((other) => other.id === id));
}

/** Events were missed: everything that is shown is asked again; messages only from where they stop. */
function readAgain(cache: QueryClient): void {
  readAvailabilityAgain(cache);
  // The operator may have another role.
  void cache.invalidateQueries({ queryKey: sessionQuery.queryKey });
  // What no tab shows is not read now, and the next event would make it count as right.
  for (const queryKey of [allKey, closedKey]) cache.removeQueries({ queryKey, type: "inactive" });
  const ofOne = ["summary", "same-person", "messages", "notes", "events"].map((kind) => ["agent", kind]);
  for (const queryKey of [waitingKey, mineKey, offeredKey, allKey, unansweredKey, closedKey, ...ofOne]) {
    invalidate(cache, { queryKey });
  }
}

/** What an event does to each list. */
export function applyToLists(cache: QueryClient, event: AgentEvent): void {
  const me = operatorOf(cache)?.id;
  const pages = (key: readonly string[]) => (change: (list: Pages) => Pages) =>
    cache.setQueryData<Pages>(key, (list) => list && change(list));
  const [waiting, closed, all] = [pages(waitingKey), pages(closedKey), pages(allKey)];
  const offered = (change: (list: AgentConversation[]) => AgentConversation[]) =>
    cache.setQueryData<AgentConversation[]>(offeredKey, (list) => list && change(list));
  const mine = (change: (list: AgentConversation[]) => AgentConversation[]) =>
    cache.setQueryData<AgentConversation[]>(mineKey, (list) => list && change(list));

  if (event.type === "conversation") {
    const changed = event.conversation;
    waiting((list) => withWaiting(list, changed));
    mine((list) => withMine(list, changed, me));
    offered((list) => withOffered(list, changed, me));
    all((list) => withAll(list, changed));
    // One that nobody answered is not among those that one had.
    if (changed.state === "closed" && changed.agent != null && !isOthers(changed, me)) closed((list) => withOnTop(list, changed));
  } else if (event.type === "gone") {
    waiting((list) => withoutConversation(list, event.conversation));
    all((list) => withoutConversation(list, event.conversation));
    mine((list) => list.filter(({ id }) => id !== event.conversation));
    offered((list) => list.filter(({ id }) => id !== event.conversation));
  } else if (event.type === "message") {
    const { conversation, message } = event;
    const told = (other: AgentConversation) =>
      other.id === conversation ? withMessage(other, message.seq, message.text, message.from === "agent") : other;
    mine((list) => list.map(told));
    offered((list) => list.map(told));
    const toldOnPage = (list: Pages) => {
      const index = list.pages.findIndex(({ items }) => items.some(({ id }) => id === conversation));
      return index === -1 ? list : changedPage(list, index, (items) => items.map(told));
    };
    waiting(toldOnPage);
    all(toldOnPage);
  }
}

/** Adds messages to those that are kept, if any are; what is missing between them is asked for. */
export function addMessages(cache: QueryClient, conversation: string, more: Message[]): void {
  const key = messagesKey(conversation);
  whereRead<Message[]>(cache, key, (known) => {
    const all = merged(known, more);
    cache.setQueryData(key, all);
    if (!hasGap(all)) return;
    readMessages(conversation, wholeUpTo(all))
      .then((missing) => cache.setQueryData<Message[]>(key, (now) => now && merged(now, missing)))
      .catch(() => cache.invalidateQueries({ queryKey: key }));
  });
}
