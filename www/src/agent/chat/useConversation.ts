// The inbox's entry of one conversation, while it is open.
import type { AgentConversation } from "../../api/types";
import { useMine, useWaiting } from "../useLists";

export function useConversation(id: string): AgentConversation | undefined {
  const mine = useMine().data;
  const waiting = useWaiting().data;
  return mine?.find((other) => other.id === id) ?? waiting?.items.find((other) => other.id === id);
}
