// Who is signed in. The session is a cookie that script cannot read; what is known of it is the server's answer.
import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { client, dataOf, done } from "../api/client";
import { ApiProblem } from "../api/problem";
import type { OperatorSession } from "../api/types";
import { forgetUnfinished } from "./unfinished";

export interface SessionState {
  /** The operator, or the last one when `isOver`. */
  operator: OperatorSession | null;
  /** True when there was a session and the server has ended it: the page stays, and asks to sign in again. */
  isOver: boolean;
  /** With `isOver`: another session is there in its place, and nobody is asked to sign in. */
  isReplaced?: true;
}

const sessionKey = ["session"] as const;

/** The last time the session was replaced; settled when its answer is there. */
let replacement: Promise<unknown> = Promise.resolve();
let isReplacing = false;

export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: async ({ client: cache }): Promise<SessionState> => {
    for (;;) {
      const known = replacement;
      await known;
      try {
        const operator = await dataOf(client.GET("/api/v1/operator/session"));
        const before = cache.getQueryData<SessionState>(sessionKey);
        // What is open with the session before has not ended yet.
        if (before?.isReplaced) return before;
        // Another person, signed in elsewhere in this browser, must not find the page that is kept for the last one.
        if (before?.isOver && before.operator?.id !== operator.id) return before;
        return { operator, isOver: false };
      } catch (error) {
        if (!(error instanceof ApiProblem && error.isSessionOver)) throw error;
        // It was asked with the cookie of the session before.
        if (replacement !== known) continue;
        const before = cache.getQueryData<SessionState>(sessionKey)?.operator ?? null;
        return { operator: before, isOver: before !== null };
      }
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

/**
 * Runs what makes the server replace the session. Until its answer is there, "session over" says nothing: what is open or on
 * its way with the old session hears it too.
 */
export async function replaceSession(cache: QueryClient, act: () => Promise<void>): Promise<void> {
  isReplacing = true;
  const acting = act().finally(() => {
    isReplacing = false;
  });
  replacement = acting.catch(() => {});
  try {
    await acting;
  } catch (error) {
    // What was not listened to meanwhile may have been true.
    void cache.invalidateQueries({ queryKey: sessionKey });
    throw error;
  }
  // What is open with the old session, such as the socket, ends; `useReplacedSession` goes on with the new one.
  cache.setQueryData<SessionState>(sessionKey, (state) =>
    state?.operator ? { operator: state.operator, isOver: true, isReplaced: true } : state,
  );
}

/** Goes on with the new session, once all that is shown has seen the end of the old one. */
export function useReplacedSession(state: SessionState | undefined): void {
  const cache = useQueryClient();
  const operator = state?.isReplaced ? state.operator : null;
  useEffect(() => {
    if (operator) sessionStarted(cache, operator);
  }, [cache, operator]);
}

/** The server refused a call because the session is over. */
export function sessionLost(cache: QueryClient): void {
  if (isReplacing) return;
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
