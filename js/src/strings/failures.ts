/** Which words a visitor gets for each error code: one entry per code, checked by the compiler. */
import type { ErrorCode } from "../generated/ErrorCode";
import type { Strings } from "./en";

/** A kind of failure: the name of its text; its title is beside it. */
export type FailureKind = "network" | "page" | "token" | "expired" | "keys" | "setup" | "session" | "busy" | "server";

const KINDS: Readonly<Record<ErrorCode, FailureKind>> = {
  "configuration-invalid": "setup",
  "wasm-blocked": "setup",
  "network-unreachable": "network",
  "client-function-not-found": "page",
  "client-function-failed": "page",
  "client-function-timeout": "page",
  "token-not-provided": "page",
  "token-malformed": "token",
  "token-algorithm-unsupported": "token",
  "token-key-unknown": "token",
  "token-key-expired": "token",
  "token-signature-invalid": "token",
  "token-claim-missing": "token",
  "token-claim-invalid": "token",
  "token-expired": "expired",
  "token-not-yet-valid": "token",
  "token-context-invalid": "token",
  "token-replayed": "token",
  "keys-unavailable": "keys",
  "keys-invalid": "keys",
  "widget-not-found": "setup",
  "conversation-not-found": "session",
  "not-found": "setup",
  "origin-not-allowed": "setup",
  "rate-limited": "busy",
  "session-expired": "session",
  "sign-in-required": "expired",
  forbidden: "setup",
  "invalid-request": "server",
  conflict: "server",
  "payload-too-large": "server",
  unavailable: "server",
  internal: "server",
};

/** The kind of a failure. A code newer than this build is told as a fault of ours. */
export function failureKind(code: ErrorCode): FailureKind {
  return KINDS[code] ?? "server";
}

/** The title and the advice for a failure. */
export function failureWords(strings: Strings, code: ErrorCode): [title: string, text: string] {
  const kind = failureKind(code);
  return [strings[`${kind}Title`], strings[kind]];
}
