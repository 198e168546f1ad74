// When the lists of a person's other conversations are read again. Whose they are no event tells: each that begins, ends or goes to
// somebody else may be one of any list's.
import type { InfiniteData, Query, QueryClient } from "@tanstack/react-query";
import type { AgentConversation, Page, SamePersonConversation } from "../../api/types";
import type { Pages } from "../inbox/order";
import { allKey, mineKey, offeredKey, waitingKey } from "../keys";
import { invalidate } from "./afterRead";

type Standing = Pick<AgentConversation, "state" | "authenticated" | "agent">;

/** How each conversation stood when it was told of last: most of a supervisor's are in no list that is loaded. */
const told = new WeakMap<QueryClient, Map<string, string>>();
/** More than are open at once. */
const most = 5000;

const standingOf = ({ state, authenticated, agent }: Standing) => `${state} ${authenticated} ${agent?.id}`;

/** A conversation is told of: what may hold it is read again, if that is another state or agent than before. To be asked first. */
export function samePersonTold(cache: QueryClient, changed: AgentConversation): void {
  const known = told.get(cache) ?? new Map<string, string>();
  told.set(cache, known);
  const before = known.get(changed.id) ?? listedStanding(cache, changed.id);
  const now = standingOf(changed);
  known.delete(changed.id);
  known.set(changed.id, now);
  const [oldest] = known.keys();
  if (known.size > most && oldest !== undefined) known.delete(oldest);
  if (changed.authenticated !== "yes" || before === now) return;
  invalidate(cache, { queryKey: listsKey });
  readableAgain(cache, changed.id);
}

/** A conversation is gone: only lists that hold it, or may just be given it, are read again. */
export function samePersonGone(cache: QueryClient, id: string): void {
  told.get(cache)?.delete(id);
  invalidate(cache, { queryKey: listsKey, predicate: (query) => query.queryKey[2] === id || isReadAnew(query) || holds(query, id) });
  readableAgain(cache, id);
}

const listsKey = ["agent", "same-person"];

function listedStanding(cache: QueryClient, id: string): string | undefined {
  const lists = [waitingKey, allKey].flatMap((key) => cache.getQueryData<Pages>(key)?.pages.map(({ items }) => items) ?? []);
  for (const key of [mineKey, offeredKey]) lists.push(cache.getQueryData<AgentConversation[]>(key) ?? []);
  const listed = lists.flat().find((other) => other.id === id);
  return listed && standingOf(listed);
}

/** It is read from its beginning, maybe since before. A page more is not given up for this. */
const isReadAnew = ({ state }: Query) => state.fetchStatus === "fetching" && state.fetchMeta?.fetchMore == null;

function holds({ state }: Query, id: string): boolean {
  const list = state.data as InfiniteData<Page<SamePersonConversation>> | undefined;
  return list?.pages.some(({ items }) => items.some((other) => other.id === id)) ?? false;
}

/**
 * What was read because of this conversation, which may be over, is read again; also where that goes on, as it may have begun
 * before. Its own summary is whoever applies the event's to read.
 */
function readableAgain(cache: QueryClient, because: string): void {
  const isReadOnly = (data: unknown) => typeof data === "object" && data !== null && "isReadOnly" in data && data.isReadOnly === true;
  invalidate(cache, {
    queryKey: ["agent", "summary"],
    predicate: ({ queryKey, state: { data, fetchStatus } }) =>
      queryKey[2] !== because && (data === undefined ? fetchStatus === "fetching" : isReadOnly(data)),
  });
}
