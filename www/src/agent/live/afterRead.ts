// What has to wait until something is read for the first time.
import type { InvalidateQueryFilters, QueryClient, QueryKey } from "@tanstack/react-query";

/** Does something with what is kept. What is being read for the first time may miss it: then it is done after that read. */
export function whereRead<Data>(cache: QueryClient, queryKey: QueryKey, change: (known: Data) => void): void {
  const known = cache.getQueryData<Data>(queryKey);
  if (known !== undefined) change(known);
  else if (cache.getQueryState(queryKey)?.fetchStatus === "fetching") {
    afterRead(cache, queryKey, () => {
      const read = cache.getQueryData<Data>(queryKey);
      if (read !== undefined) change(read);
    });
  }
}

/** Does something when the read that goes on is done. */
export function afterRead(cache: QueryClient, queryKey: QueryKey, then: () => void): void {
  // Joins that read; it begins none.
  void cache.refetchQueries({ queryKey, exact: true, fetchStatus: "fetching" }, { cancelRefetch: false }).then(then);
}

/**
 * What these hold is read again. A read that has nothing yet goes on, and may have begun before what happened: those are asked once
 * more after it.
 */
export function invalidate(cache: QueryClient, filters: InvalidateQueryFilters): void {
  const { refetchType = "active", ...which } = filters;
  const first = cache.getQueryCache().findAll({ ...which, fetchStatus: "fetching" }).filter(({ state }) => state.data === undefined);
  void cache.invalidateQueries(filters);
  for (const { queryKey } of first) afterRead(cache, queryKey, () => void cache.invalidateQueries({ queryKey, exact: true, refetchType }));
}
