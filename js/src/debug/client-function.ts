/**
 * Looks up and calls the page's client function for the report, and reads the token's public parts. It checks nothing
 * that counts: the engine applies the rules, and the server decides.
 */
import type { GetToken } from "../engine/engine";

/** How far a dotted name leads. */
export interface Found {
  readonly call: GetToken | null;
  /** The first segment that is missing; `null` when all are there. */
  readonly missing: string | null;
}

/** Follows a dotted name from the global object. A getter or Proxy that throws counts as missing. */
export function lookUp(path: string): Found {
  const segments = path.split(".").filter((segment, index) => index || !/^(window|globalThis)$/.test(segment));
  let parent: unknown;
  let value: unknown = globalThis;
  for (const segment of segments) {
    parent = value;
    try {
      value = (parent as Record<string, unknown>)[segment];
    } catch {
      value = undefined;
    }
    if (value == null) return { call: null, missing: segment };
  }
  if (typeof value !== "function") return { call: null, missing: `${segments.at(-1)} (it is no function)` };
  const method = value as (...all: unknown[]) => ReturnType<GetToken>;
  return { call: (callback) => method.call(parent, callback), missing: null };
}

/** What a call gave. */
export interface CallReport {
  readonly ms: number;
  readonly outcome: string;
  readonly token: string | null;
}

/** Calls it once and waits as long as the engine would. */
export function callOnce(getToken: GetToken, timeoutMs: number): Promise<CallReport> {
  const begun = performance.now();
  return new Promise((resolve) => {
    const settle = (outcome: string, token: string | null) => {
      clearTimeout(timer);
      resolve({ ms: Math.round(performance.now() - begun), outcome, token });
    };
    const timer = setTimeout(() => settle("did not call back", null), timeoutMs);
    const take = (token: unknown, error?: unknown) => {
      if (error != null) settle("called back with an error", null);
      else if (token == null || token === "") settle(`called back with ${token === "" ? "an empty text" : String(token)}`, null);
      else if (typeof token !== "string") settle(`called back with ${typeof token}, not a text`, null);
      else settle("called back with a text", token.trim());
    };
    try {
      const result = getToken(take);
      if (result && typeof result.then === "function") result.then(take, () => settle("its promise was rejected", null));
    } catch {
      settle("threw", null);
    }
  });
}

/** A part of a token, with every value replaced by its type and size, but for those that name no person. */
export function masked(token: string, part: 0 | 1): Record<string, string> {
  try {
    const text = atob((token.split(".")[part] ?? "").replace(/-/g, "+").replace(/_/g, "/"));
    const value: unknown = JSON.parse(text);
    const rows: Record<string, string> = {};
    for (const [name, held] of Object.entries(value as object)) rows[name] = mask(name, held);
    return rows;
  } catch {
    return { "(unreadable)": "not base64url of a JSON object" };
  }
}

const TIMES = new Set(["exp", "iat", "nbf"]);
const OPEN = new Set(["alg", "typ", "kid", "iss", "aud"]);

function mask(name: string, value: unknown): string {
  if (TIMES.has(name) && typeof value === "number") {
    const seconds = Math.round(value - Date.now() / 1000);
    return `${seconds >= 0 ? "in" : ""} ${Math.abs(seconds)} s${seconds < 0 ? " ago" : ""}`.trim();
  }
  if (OPEN.has(name)) return String(value);
  if (typeof value === "string") return `text of ${value.length} characters`;
  return Array.isArray(value) ? "list" : typeof value;
}
