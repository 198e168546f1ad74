// Taking conversations: one, or the next that waits.
import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useNavigate, useSearchParams } from "react-router";
import { ApiProblem } from "../api/problem";
import { accept } from "./agentApi";
import { type Pages, withoutConversation } from "./inbox/order";
import { mineKey, summaryKey, waitingKey } from "./keys";
import { firstWaiting } from "./useLists";

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

/** Takes the first that waits, and opens it. Where another agent was faster, the one after it. */
export function useAcceptNext() {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return useMutation({
    mutationFn: async () => {
      for (let next = firstWaiting(cache); next; next = firstWaiting(cache)) {
        try {
          await accept(next.id);
          taken(cache, next.id);
          return next.id;
        } catch (error) {
          if (!isConflict(error)) throw error;
          taken(cache, next.id);
        }
      }
      return null;
    },
    onSuccess: (id) => {
      if (id === null) return;
      void cache.invalidateQueries({ queryKey: summaryKey(id) });
      void navigate({ pathname: `/agent/${id}`, search: search.toString() }, { state: { accepted: true } });
    },
  });
}

/** A conversation waits no more; the socket tells the rest where it is open. */
function taken(cache: QueryClient, id: string): void {
  cache.setQueryData<Pages>(waitingKey, (list) => list && withoutConversation(list, id));
  void cache.invalidateQueries({ queryKey: mineKey });
}

const isConflict = (error: unknown): error is ApiProblem => error instanceof ApiProblem && error.code === "conflict";
