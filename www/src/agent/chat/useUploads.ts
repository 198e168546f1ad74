// The uploads of a conversation, as the chat shows them.
import { useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { Message } from "../../api/types";
import { useOperator } from "../../session/session";
import { type Upload, type Uploads, uploadsOf } from "./Uploads";

export function useUploads(
  conversation: string,
  messages: Message[] | undefined,
): { uploads: Uploads; underWay: readonly Upload[] } {
  const uploads = uploadsOf(useQueryClient(), useOperator().id, conversation);
  const all = useSyncExternalStore(uploads.subscribe, () => uploads.all);
  // The socket may bring a file's message before its own answer does.
  const arrived = new Set(messages?.map(({ clientId }) => clientId));
  return { uploads, underWay: all.filter(({ clientId }) => !arrived.has(clientId)) };
}
