// Taking conversations: one, or the next that waits.
import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useNavigate, useSearchParams } from "react-router";
import { ApiProblem } from "../api/problem";
import { accept, acceptNext } from "./agentApi";
import { type Pages, withoutConversation } from "./inbox/order";
import { mineKey, summaryKey, waitingKey } from "./keys";

/** Takes one conversation. */
export function useAccept(id: string, told: { onAccepted: () => void; onConflict: (detail: string) => void }) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => accept(id),
    onSuccess: () => {
      taken(cache, id);
      told.onAccepted();
    },
    onError: (error) => {
      if (isConflict(error)) told.onConflict(error.message);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: summaryKey(id) }),
  });
}

/** Takes what is to be served next, which the server chooses, and opens it. */
export function useAcceptNext() {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return useMutation({
    mutationFn: acceptNext,
    onSuccess: (conversation) => {
      // What stands in the list here waits no more.
      if (conversation === null) return void cache.invalidateQueries({ queryKey: waitingKey });
      taken(cache, conversation.id);
      void cache.invalidateQueries({ queryKey: summaryKey(conversation.id) });
      void navigate({ pathname: `/agent/${conversation.id}`, search: search.toString() }, { state: { accepted: true } });
    },
  });
}

/** A conversation waits no more; the socket tells the rest where it is open. */
function taken(cache: QueryClient, id: string): void {
  cache.setQueryData<Pages>(waitingKey, (list) => list && withoutConversation(list, id));
  void cache.invalidateQueries({ queryKey: mineKey });
}

const isConflict = (error: unknown): error is ApiProblem => error instanceof ApiProblem && error.code === "conflict";
