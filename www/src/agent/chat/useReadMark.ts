// Tells the server how far the agent has read: only for a conversation of theirs, and only while the page is seen.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useSyncExternalStore } from "react";
import type { AgentConversation, Message } from "../../api/types";
import { openKey } from "../keys";
import { useLive } from "../live/LiveProvider";

export function useReadMark(id: string, isMine: boolean, messages: Message[] | undefined): void {
  const cache = useQueryClient();
  const { connection, send } = useLive();
  const isSeen = useSyncExternalStore(subscribe, () => document.visibilityState === "visible");
  const told = useRef(0);
  const seq = messages?.at(-1)?.seq ?? 0;

  useEffect(() => {
    if (!isMine || !isSeen || connection !== "open" || seq <= told.current) return;
    if (!send({ type: "read", conversation: id, seq })) return;
    told.current = seq;
    cache.setQueryData<AgentConversation[]>(openKey, (open) =>
      open?.map((other) => (other.id === id && other.readByAgent < seq ? { ...other, readByAgent: seq } : other)),
    );
  }, [cache, connection, id, isMine, isSeen, send, seq]);
}

function subscribe(listener: () => void): () => void {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}
