/**
 * A token as the report may show it: every value replaced by its type and size, but for those that name no person. It judges
 * nothing; whether a token is genuine is for the server to say.
 */
import { atob, entries, isArray, keys, parse, TextDecoder, Uint8Array } from "../natives";

/** Times, shown by how far off they are. */
const TIMES = /^(exp|iat|nbf)$/;
/** What names no person and is what developers look for. */
const OPEN = /^(alg|typ|cty|kid|iss|aud)$/;

/** Header (0) or claims (1) of a token, by name. `now` is the server's time in milliseconds. */
export function masked(token: string, part: 0 | 1, now: number): Record<string, string> {
  try {
    const bytes = Uint8Array.from(atob((token.split(".")[part] ?? "").replace(/-/g, "+").replace(/_/g, "/")), (it) => it.charCodeAt(0));
    const value: unknown = parse(new TextDecoder().decode(bytes));
    const rows: Record<string, string> = {};
    for (const [name, held] of entries(value as object)) rows[name] = mask(name, held, now);
    return rows;
  } catch {
    return { "(unreadable)": "not base64url of a JSON object" };
  }
}

function mask(name: string, value: unknown, now: number): string {
  if (TIMES.test(name) && typeof value === "number") {
    const seconds = Math.round(value - now / 1000);
    return seconds < 0 ? `${-seconds} s ago` : `in ${seconds} s`;
  }
  if (OPEN.test(name)) return `${value}`;
  if (name === "lwicontexts" && typeof value === "string") return context(value);
  if (typeof value === "string") return `text of ${value.length} characters`;
  if (isArray(value)) return `list of ${value.length}`;
  return value === null ? "null" : typeof value;
}

/** The names of the signed context, which are declared on the work stream, without their values. */
function context(text: string): string {
  try {
    return `names ${keys(parse(text)).join(", ") || "nothing"}`;
  } catch {
    return `text of ${text.length} characters that is no JSON`;
  }
}
