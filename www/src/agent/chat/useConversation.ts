// The inbox's entry of one conversation, while it is open.
import type { AgentConversation } from "../../api/types";
import { useAllOpen, useMine, useOffered, useWaiting } from "../useLists";

export function useConversation(id: string): AgentConversation | undefined {
  const mine = useMine().data;
  const waiting = useWaiting().data;
  const offered = useOffered().data;
  const all = useAllOpen(false).data;
  for (const list of [mine, offered, waiting?.items, all?.items]) {
    const found = list?.find((other) => other.id === id);
    if (found) return found;
  }
  return undefined;
}
