// What an own conversation that somebody else has now is told of, wherever in the console one is.
import type { QueryClient } from "@tanstack/react-query";
import type { AgentConversation, AgentEvent } from "../../api/types";
import { operatorOf } from "../../session/session";
import { isOthers } from "../inbox/order";
import { mineKey } from "../keys";

/** Who has a conversation that was one's own until this event, as a sentence; null of any other event. Asked before it is applied. */
export function lostBy(cache: QueryClient, event: AgentEvent): string | null {
  const me = operatorOf(cache)?.id;
  const holder =
    event.type === "gone"
      ? event.agent
      : event.type === "conversation" && event.conversation.state === "active" && isOthers(event.conversation, me)
        ? event.conversation.agent
        : null;
  if (holder == null) return null;
  const id = event.type === "gone" ? event.conversation : event.type === "conversation" ? event.conversation.id : null;
  const lost = cache.getQueryData<AgentConversation[]>(mineKey)?.find((other) => other.id === id);
  return lost === undefined ? null : `${holder.name} has the chat with ${lost.visitor ?? "an unknown visitor"} now`;
}
