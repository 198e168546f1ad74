// Events that come while a list is being read. The answer, which may be older than they are, replaces the list: so they are
// applied once more to it. An event that is older than the answer does no harm: a later one follows it.
import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { AgentEvent } from "../../api/types";
import { allKey, closedKey, mineKey, offeredKey, waitingKey } from "../keys";
import { applyToLists } from "./applyEvent";

const lists: QueryKey[] = [waitingKey, mineKey, closedKey, offeredKey, allKey];
const isList = (key: QueryKey) => lists.some((list) => list.length === key.length && list.every((part, index) => part === key[index]));

/** Follows the reads of the lists; gives what is told of each event, and what stops it. */
export function duringReads(cache: QueryClient): { came: (event: AgentEvent) => void; stop: () => void } {
  let events: AgentEvent[] = [];
  const isReading = () => lists.some((queryKey) => cache.isFetching({ queryKey, exact: true }) > 0);
  const stop = cache.getQueryCache().subscribe((told) => {
    if (told.type !== "updated" || !isList(told.query.queryKey)) return;
    const { action } = told;
    if (action.type === "success" && action.manual !== true) for (const event of events) applyToLists(cache, event);
    if (action.type !== "fetch" && !isReading()) events = [];
  });
  const came = (event: AgentEvent) => {
    if (isReading()) events.push(event);
  };
  return { came, stop };
}
