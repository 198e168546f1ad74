// How answers of the server are kept. One place decides what is asked again, and what a lost session does.
import { QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "../api/problem";
import { sessionLost } from "../session/session";

/** Errors that another attempt a moment later may cure. */
const passing = new Set(["network-unreachable", "unavailable", "rate-limited"]);

export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiProblem && error.isSessionOver) sessionLost(client);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < 2 && error instanceof ApiProblem && passing.has(error.code),
      },
      mutations: { retry: false },
    },
  });
  return client;
}
