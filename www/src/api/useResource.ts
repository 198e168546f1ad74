// Lists, reads and writes of a resource through the query cache. After a write, what could have changed is asked again:
// resources name each other ("used by"), so that is every list.
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";
import type { Listed, Removable, Resource } from "./admin";
import type { Page } from "./types";

const pageSize = 50;
/** Pages a picker reads at most. A list longer than this needs a search, not a menu. */
const pickerPages = 10;

/** A list a page at a time. */
export function useList<Item>(resource: Listed<Item>) {
  return usePages([resource.key, "list"], (cursor) =>
    resource.list(cursor === undefined ? { limit: pageSize } : { cursor, limit: pageSize }),
  );
}

/** Any paged list of the server. */
export function usePages<Item>(key: readonly string[], read: (cursor: string | undefined) => Promise<Page<Item>>) {
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    // What was found before stays until the answer to another question is there.
    placeholderData: keepPreviousData,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  });
}

/** A whole list, for pickers. */
export function useAll<Item>(resource: Listed<Item>) {
  return useQuery({
    queryKey: [resource.key, "all"],
    queryFn: async () => {
      const items: Item[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < pickerPages; page++) {
        const answer = await resource.list(cursor === undefined ? { limit: 200 } : { cursor, limit: 200 });
        items.push(...answer.items);
        if (!answer.next) break;
        cursor = answer.next;
      }
      return items;
    },
  });
}

/** One item; nothing is asked while `id` is undefined. Not read again while a form edits it. */
export function useOne<Item, Body, Change>(resource: Resource<Item, Body, Change>, id: string | undefined) {
  return useQuery({
    queryKey: [resource.key, "one", id],
    queryFn: () => resource.read(id ?? ""),
    enabled: id !== undefined,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** Creates, or changes when there is an id, and gives what the server stored. */
export function useSave<Item extends { id: string }, Body, Change>(resource: Resource<Item, Body, Change>) {
  const cache = useQueryClient();
  return {
    create: async (body: Body) => kept(cache, resource.key, await resource.create(body)),
    change: async (id: string, body: Change, version: number) =>
      kept(cache, resource.key, await resource.change(id, body, version)),
    /** What is stored now, when somebody else changed it. */
    reread: async (id: string) => kept(cache, resource.key, await resource.read(id)),
  };
}

export function useRemove(resource: Removable) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version }: { id: string; version: number }) => resource.remove(id, version),
    onSuccess: (_, { id }) => {
      cache.removeQueries({ queryKey: [resource.key, "one", id] });
      invalidateLists(cache);
    },
  });
}

function kept<Item extends { id: string }>(cache: QueryClient, key: string, item: Item): Item {
  cache.setQueryData([key, "one", item.id], item);
  invalidateLists(cache);
  return item;
}

/** Lets every list be asked again: something was made or changed. */
export function invalidateLists(cache: QueryClient): void {
  void cache.invalidateQueries({
    predicate: ({ queryKey: [, kind] }) => kind === "list" || kind === "all",
  });
}
