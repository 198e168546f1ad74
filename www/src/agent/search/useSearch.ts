// A search, an answer at a time. One answer of the server looks through a limited part of what is stored; where it found too
// little to fill the screen, the next is asked for by itself, a few times.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { client, dataOf } from "../../api/client";
import type { FoundConversations, SearchQuery } from "../../api/types";

const pageSize = 25;
/** Answers that are asked for without the reader's wish: some 200,000 messages. */
const byItself = 10;

const read = (query: SearchQuery, cursor: string | undefined, signal: AbortSignal): Promise<FoundConversations> =>
  dataOf(
    client.GET("/api/v1/agent/search", {
      params: { query: { ...query, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    }),
  );

export function useSearch(query: SearchQuery) {
  const search = useInfiniteQuery({
    queryKey: ["agent", "search", query],
    queryFn: ({ pageParam, signal }) => read(query, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    refetchOnWindowFocus: false,
  });
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = search;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const goesOn = hasNextPage && items.length < pageSize && (data?.pages.length ?? 0) < byItself && !isFetchNextPageError;
  useEffect(() => {
    if (goesOn && !isFetching) void fetchNextPage({ cancelRefetch: false });
  }, [fetchNextPage, goesOn, isFetching]);
  return { ...search, items, isLooking: isFetching || goesOn, searchedTo: data?.pages.at(-1)?.searchedTo ?? null };
}
