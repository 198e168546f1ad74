// The notes and events of one conversation: read to their end once, then only what is missing; the socket adds new ones.
import { type QueryKey, useQuery } from "@tanstack/react-query";
import { readEvents, readNotes } from "../deskApi";
import { eventsKey, notesKey } from "../keys";
import { mergedByNumber, type Numbered, numberedUpTo } from "./asides";

type Read<Item> = (id: string, after: number, signal?: AbortSignal) => Promise<Item[]>;

function useNumbered<Item extends Numbered>(id: string, key: QueryKey, read: Read<Item>) {
  return useQuery({
    queryKey: key,
    queryFn: async ({ client, queryKey, signal }) => {
      const known = client.getQueryData<Item[]>(queryKey) ?? [];
      const missing = await read(id, numberedUpTo(known), signal);
      // The socket may have added some meanwhile.
      return mergedByNumber(client.getQueryData<Item[]>(queryKey) ?? known, missing);
    },
    staleTime: 30_000,
  });
}

export const useNotes = (id: string) => useNumbered(id, notesKey(id), readNotes);
export const useEvents = (id: string) => useNumbered(id, eventsKey(id), readEvents);
