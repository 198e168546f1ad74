// What a note or an event of the socket does to what is kept. One that does not follow the last known is not kept alone: what
// is missing before it is asked for.
import type { QueryClient } from "@tanstack/react-query";
import type { ConversationEvent, Note } from "../../api/types";
import { mergedByNumber, type Numbered, numberedUpTo } from "../chat/asides";
import { eventsKey, notesKey } from "../keys";
import { whereRead } from "./afterRead";

export const addNotes = (cache: QueryClient, conversation: string, more: Note[]): void =>
  add(cache, notesKey(conversation), more);

export const addEvents = (cache: QueryClient, conversation: string, more: ConversationEvent[]): void =>
  add(cache, eventsKey(conversation), more);

function add<Item extends Numbered>(cache: QueryClient, queryKey: readonly string[], more: Item[]): void {
  whereRead<Item[]>(cache, queryKey, (known) => {
    const all = mergedByNumber(known, more);
    cache.setQueryData(queryKey, all);
    if (numberedUpTo(all) < all.length) void cache.invalidateQueries({ queryKey });
  });
}
