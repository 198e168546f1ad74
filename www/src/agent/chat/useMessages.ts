// The messages of one conversation: read to their end once, then only what is missing; the socket adds new ones.
import { useQuery } from "@tanstack/react-query";
import type { Message } from "../../api/types";
import { readMessages } from "../agentApi";
import { messagesKey } from "../keys";
import { merged, wholeUpTo } from "./messages";

export function useMessages(id: string) {
  return useQuery({
    queryKey: messagesKey(id),
    queryFn: async ({ client, queryKey, signal }) => {
      const known = client.getQueryData<Message[]>(queryKey) ?? [];
      const missing = await readMessages(id, wholeUpTo(known), signal);
      // The socket may have added some meanwhile.
      return merged(merged(client.getQueryData<Message[]>(queryKey) ?? [], known), missing);
    },
    staleTime: 30_000,
  });
}
