// Who is signed in. The session is a cookie that script cannot read; what is known of it is the server's answer.
import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { client, dataOf, done } from "../api/client";
import { ApiProblem } from "../api/problem";
import type { OperatorSession } from "../api/types";
import { forgetUnfinished } from "./unfinished";

export interface SessionState {
  /** The operator, or the last one when `isOver`. */
  operator: OperatorSession | null;
  /** True when there was a session and the server has ended it: the page stays, and asks to sign in again. */
  isOver: boolean;
}

const sessionKey = ["session"] as const;

export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: async ({ client: cache }): Promise<SessionState> => {
    try {
      return { operator: await dataOf(client.GET("/api/v1/operator/session")), isOver: false };
    } catch (error) {
      if (!(error instanceof ApiProblem && error.isSessionOver)) throw error;
      const before = cache.getQueryData<SessionState>(sessionKey)?.operator ?? null;
      return { operator: before, isOver: before !== null };
    }
  },
  staleTime: 60_000,
});

export const useSession = () => useQuery(sessionQuery);

/** The operator who is signed in, as far as it was read. */
export const operatorOf = (cache: QueryClient): OperatorSession | undefined =>
  cache.getQueryData<SessionState>(sessionKey)?.operator ?? undefined;

/** The operator who is signed in. Only for components below `RequireOperator`. */
export function useOperator(): OperatorSession {
  const { data } = useSession();
  if (!data?.operator) throw new Error("This component needs an operator: put it below RequireOperator.");
  return data.operator;
}

/** Signs in and gives the operator. */
export async function signIn(email: string, password: string): Promise<OperatorSession> {
  await done(client.POST("/api/v1/operator/session", { body: { email, password } }));
  try {
    return await dataOf(client.GET("/api/v1/operator/session"));
  } catch (error) {
    throw error instanceof ApiProblem && error.isSessionOver ? cookieNotKept() : error;
  }
}

/** The password was right, and the browser does not send what it was given. */
function cookieNotKept(): ApiProblem {
  const { protocol, host } = window.location;
  const detail =
    protocol === "http:"
      ? `The password is right, but this page was opened over http, and the server's session is for https only (--public-url): the browser does not keep its cookie. Open https://${host} instead.`
      : "The password is right, but the browser did not keep the session's cookie. Allow cookies for this site, and sign in again.";
  return new ApiProblem({ code: "sign-in-required", title: "The session was not kept", status: 401, detail });
}

/** After a sign-in: another operator gets a clean cache, the same one only fresh answers. */
export function sessionStarted(cache: QueryClient, operator: OperatorSession): void {
  forgetUnfinished(operator.id);
  const before = cache.getQueryData<SessionState>(sessionKey)?.operator;
  if (before && before.id !== operator.id) cache.clear();
  cache.setQueryData<SessionState>(sessionKey, { operator, isOver: false });
  void cache.invalidateQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
}

/** The server refused a call because the session is over. */
export function sessionLost(cache: QueryClient): void {
  cache.setQueryData<SessionState>(sessionKey, (state) =>
    state?.operator && !state.isOver ? { operator: state.operator, isOver: true } : state,
  );
}

/** Signs out here; nothing of what was read or written stays. */
export function useSignOut(): () => Promise<void> {
  const cache = useQueryClient();
  return async () => {
    try {
      await done(client.DELETE("/api/v1/operator/session"));
    } catch (error) {
      if (!(error instanceof ApiProblem && error.isSessionOver)) throw error;
    }
    forgetUnfinished();
    // A full load drops every cached answer and closes every socket.
    cache.clear();
    window.location.assign("/sign-in");
  };
}
