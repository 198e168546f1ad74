// What is kept of who takes conversations. The socket tells who goes away or comes back. How many chats colleagues have, and
// whether they are connected, nothing tells: that is read again while somebody looks at it.
import { type InfiniteData, type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Availability, Colleague, Page } from "../../api/types";
import { availabilityKey } from "../keys";
import { useMine } from "../useLists";
import { colleagues, readAvailability, setAvailability } from "./availabilityApi";

/** The operator as their colleagues see them. */
export const useOwnAvailability = () =>
  useQuery({ queryKey: availabilityKey, queryFn: readAvailability, staleTime: Infinity, refetchOnWindowFocus: false });

export function useSetAvailability() {
  const cache = useQueryClient();
  return useMutation({ mutationFn: setAvailability, onSuccess: (own) => applyColleague(cache, own) });
}

/** Somebody came back or went away. */
export function applyColleague(cache: QueryClient, changed: Colleague): void {
  cache.setQueryData<Colleague>(availabilityKey, (own) => (own?.id === changed.id ? changed : own));
  cache.setQueryData<InfiniteData<Page<Colleague>>>([colleagues.key, "list"], (list) =>
    list && {
      ...list,
      pages: list.pages.map((page) => ({ ...page, items: page.items.map((other) => (other.id === changed.id ? changed : other)) })),
    },
  );
}

/** Events were missed. */
export function readAvailabilityAgain(cache: QueryClient): void {
  void cache.invalidateQueries({ queryKey: availabilityKey });
  // A list that is not shown is not read now, and the next event would make it count as right.
  cache.removeQueries({ queryKey: [colleagues.key, "list"], type: "inactive" });
  void cache.invalidateQueries({ queryKey: [colleagues.key] });
}

/** How many conversations the operator has of how many; null without a limit, or before that is known. */
export function useCapacity(): { active: number; capacity: number; isFull: boolean } | null {
  const own = useOwnAvailability().data;
  const mine = useMine().data;
  if (own?.capacity == null || mine === undefined) return null;
  return { active: mine.length, capacity: own.capacity, isFull: mine.length >= own.capacity };
}

export const availabilityText = ({ state, reason }: Availability): string =>
  state === "here" ? "Here" : reason == null ? "Away" : `Away: ${reason}`;
