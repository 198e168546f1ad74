// The other conversations of the verified person, a page of the server's at a time. They are read again when the socket tells of
// something that may be one of them, and when the window has the focus again: of most of them an agent is told nothing.
import { useInfiniteQuery } from "@tanstack/react-query";
import { client, dataOf } from "../../api/client";
import type { Page, SamePersonConversation } from "../../api/types";
import { samePersonKey } from "../keys";

const read = (id: string, cursor: string | undefined, signal: AbortSignal): Promise<Page<SamePersonConversation>> =>
  dataOf(
    client.GET("/api/v1/agent/conversations/{id}/same-person", {
      params: { path: { id }, query: cursor === undefined ? {} : { cursor } },
      signal,
    }),
  );

export function useSamePerson(id: string) {
  const query = useInfiniteQuery({
    queryKey: samePersonKey(id),
    queryFn: ({ pageParam, signal }) => read(id, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    refetchOnWindowFocus: "always",
  });
  return { ...query, items: query.data?.pages.flatMap((page) => page.items) };
}
