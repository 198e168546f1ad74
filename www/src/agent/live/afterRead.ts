// What has to wait until something is read for the first time.
import type { QueryClient, QueryKey } from "@tanstack/react-query";

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
