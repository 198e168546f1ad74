// The inbox's lists. One's own and those that are offered are few and read whole, the others a page at a time as somebody
// scrolls. While the socket is open its events keep those right that wait, are open or offered, so nothing else asks for them
// again; those that are over are read again when they are shown.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { AgentConversation, Page } from "../api/types";
import { readMine, readOffered, readPage } from "./agentApi";
import { type Pages, unreadOf } from "./inbox/order";
import { allKey, closedKey, mineKey, offeredKey, unansweredKey, waitingKey } from "./keys";

/** The server gives no more at once. */
const pageSize = 200;
/** With fewer of them left, the next page of those that wait is read. */
const fewLeft = 50;

/** What is known of a list. */
export interface Listed {
  items: AgentConversation[];
  /** Whether nothing follows that is not loaded. */
  isWhole: boolean;
}

const joined = new WeakMap<Pages, Listed>();

/** The pages as one list, made once however many look at it. */
function listed(list: Pages): Listed {
  const known = joined.get(list);
  if (known) return known;
  const all = { items: list.pages.flatMap(({ items }) => items), isWhole: list.pages.at(-1)?.next == null };
  joined.set(list, all);
  return all;
}

const paged = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last: Page<AgentConversation>) => last.next ?? undefined,
  select: listed,
  // Thousands of rows are not compared at each event.
  structuralSharing: false,
};
const keptByEvents = { staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false };

export const useWaiting = () =>
  useInfiniteQuery({
    queryKey: waitingKey,
    queryFn: ({ pageParam, signal }) => readPage("waiting", pageParam, pageSize, signal),
    ...paged,
    ...keptByEvents,
  });

export const useClosed = () =>
  useInfiniteQuery({
    queryKey: closedKey,
    queryFn: ({ pageParam, signal }) => readPage("closed", pageParam, 50, signal),
    ...paged,
  });

export const useUnanswered = () =>
  useInfiniteQuery({
    queryKey: unansweredKey,
    queryFn: ({ pageParam, signal }) => readPage("unanswered", pageParam, 50, signal),
    ...paged,
  });

export const useMine = () =>
  useQuery({ queryKey: mineKey, queryFn: ({ signal }) => readMine(signal), ...keptByEvents });

export const useOffered = () =>
  useQuery({ queryKey: offeredKey, queryFn: ({ signal }) => readOffered(signal), ...keptByEvents });

/** All that are open, for supervisors: read only where they are wanted, and known then wherever one looks. */
export const useAllOpen = (isWanted: boolean) =>
  useInfiniteQuery({
    queryKey: allKey,
    queryFn: ({ pageParam, signal }) => readPage("all", pageParam, pageSize, signal),
    enabled: isWanted,
    ...paged,
    ...keptByEvents,
  });

/** Reads on as those that wait are taken, on whichever page: else none would be left here while more wait at the server. */
export function useMoreWaiting(): void {
  const { data, isFetching, isFetchNextPageError, fetchNextPage } = useWaiting();
  const isDue = data !== undefined && !data.isWhole && data.items.length < fewLeft && !isFetching && !isFetchNextPageError;
  useEffect(() => {
    // The list on the screen may have asked in the same moment: that is joined.
    if (isDue) void fetchNextPage({ cancelRefetch: false });
  }, [fetchNextPage, isDue]);
}

/** What there is to do: those that wait, those that are offered, and one's own with something unread. */
export function useToDo(): { waiting: number; offered: number; unread: number; isMore: boolean } {
  const waiting = useWaiting();
  const offered = useOffered();
  const mine = useMine();
  return {
    waiting: waiting.data?.items.length ?? 0,
    offered: offered.data?.length ?? 0,
    unread: mine.data?.filter((conversation) => unreadOf(conversation) > 0).length ?? 0,
    isMore: waiting.data?.isWhole === false,
  };
}
