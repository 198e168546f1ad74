// Tells the server how far the agent has read: only in a conversation of theirs, and only what is really before their eyes.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { AgentConversation, Message } from "../../api/types";
import { mineKey } from "../keys";
import { useLive } from "../live/LiveProvider";

/** `isSeen` says that the newest message is on the screen of somebody who looks at it. */
export function useReadMark(id: string, isSeen: boolean, messages: Message[] | undefined): void {
  const cache = useQueryClient();
  const { connection, send } = useLive();
  const told = useRef(0);
  const seq = messages?.at(-1)?.seq ?? 0;

  useEffect(() => {
    // What was sent into a socket that was dead already did not arrive.
    if (connection !== "open") told.current = 0;
    if (!isSeen || connection !== "open" || seq <= told.current) return;
    if (!send({ type: "read", conversation: id, seq })) return;
    told.current = seq;
    cache.setQueryData<AgentConversation[]>(mineKey, (mine) =>
      mine?.map((other) => (other.id === id && other.readByAgent < seq ? { ...other, readByAgent: seq } : other)),
    );
  }, [cache, connection, id, isSeen, send, seq]);
}
