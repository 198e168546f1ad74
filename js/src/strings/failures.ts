/**
 * Which words a visitor gets for each error code. By rules, which weigh less than a table that every visitor would load; the
 * table stands in the tests, with one entry per code, checked by the compiler.
 */
import type { ChatFailure } from "../engine/pkg/bonafide_widget";
import type { Strings } from "./en";

/** A kind of failure: the name of its text; its title is beside it. */
export type FailureKind = "network" | "page" | "token" | "expired" | "keys" | "setup" | "session" | "busy" | "server" | "outdated";

/** What the words depend on. Unavailable for good is a page older than the server. */
export type Failed = Pick<ChatFailure, "code" | "retryable">;

/** The first that fits a code names its kind. */
const KINDS: readonly (readonly [FailureKind, RegExp])[] = [
  ["page", /^client|not-provided/],
  ["expired", /^token-expired|^sign-in/],
  ["token", /^token/],
  ["keys", /^keys/],
  ["network", /^network/],
  ["session", /^session|^conversation/],
  ["busy", /^rate/],
  ["setup", /^(config|wasm|widget|origin|forbidden|not-found)/],
];

/** The kind of a failure. A code newer than this build is told as a fault of ours. */
export function failureKind({ code, retryable }: Failed): FailureKind {
  if (code === "unavailable" && !retryable) return "outdated";
  return KINDS.find(([, codes]) => codes.test(code))?.[0] ?? "server";
}

/** The title and the advice for a failure. */
export function failureWords(strings: Strings, failure: Failed): [title: string, text: string] {
  const kind = failureKind(failure);
  return [strings[`${kind}Title`], strings[kind]];
}
