// The inbox's entry of one conversation, while it is open.
import { useQuery } from "@tanstack/react-query";
import type { AgentConversation } from "../../api/types";
import { readOpen } from "../agentApi";
import { openKey } from "../keys";

export function useConversation(id: string): AgentConversation | undefined {
  const { data } = useQuery({
    queryKey: openKey,
    queryFn: ({ signal }) => readOpen(signal),
    select: (open) => open.find((conversation) => conversation.id === id),
  });
  return data;
}
