// The outbox of a conversation, as the chat shows it.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import type { Message } from "../../api/types";
import { useOperator } from "../../session/session";
import { type Outbox, outboxOf, type PendingMessage } from "./Outbox";

export function useOutbox(
  conversation: string,
  messages: Message[] | undefined,
): { outbox: Outbox; pending: readonly PendingMessage[] } {
  const outbox = outboxOf(useQueryClient(), useOperator().id, conversation);
  const pending = useSyncExternalStore(outbox.subscribe, () => outbox.pending);
  // The socket may bring a message before its own answer does, or another tab may have sent it.
  const arrived = new Set(messages?.map(({ clientId }) => clientId));
  useEffect(() => outbox.remove(new Set(messages?.map(({ clientId }) => clientId))), [outbox, messages]);
  return { outbox, pending: pending.filter(({ clientId }) => !arrived.has(clientId)) };
}
