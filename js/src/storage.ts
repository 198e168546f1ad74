/**
 * What is kept for the tab: the unsent draft, whether the panel was open, and whether the visitor went to sign in. The
 * engine keeps its session beside it, under `bonafide:{widget}`. Storage that a browser blocks is as good as empty; nothing
 * here throws.
 */

/** How many sessions of the site's pages the engine remembers. */
const SLOTS = 8;

/** What belongs to one widget in the tab's storage. */
export type TabKey = "" | ":draft" | ":open" | ":sign-in";

/** Reads a value of the tab, `null` when there is none or storage is blocked. */
export function recall(widget: string, key: TabKey): string | null {
  try {
    return sessionStorage.getItem(`bonafide:${widget}${key}`);
  } catch {
    return null;
  }
}

/** Keeps a value for the tab's life; an empty one is removed. */
export function keep(widget: string, key: TabKey, value: string): void {
  try {
    if (value) sessionStorage.setItem(`bonafide:${widget}${key}`, value);
    else sessionStorage.removeItem(`bonafide:${widget}${key}`);
  } catch {
    // Blocked or full: the draft lives as long as the page.
  }
}

/**
 * Whether the visitor signed out of a session that the server was not told of; where they do so now, of any. The engine keeps
 * what ends a session where all pages of the site find it, with a sign before it, and tells the server when it is loaded.
 */
export function signedOut(widget: string, isNow: boolean): boolean {
  let isAny = false;
  try {
    for (let slot = 0; slot < SLOTS; slot += 1) {
      const key = `bonafide:${widget}:${slot}`;
      const kept = localStorage.getItem(key);
      if (kept && isNow) localStorage.setItem(key, `-${kept.slice(1)}`);
      isAny ||= kept?.[0] === "-";
    }
  } catch {
    // Blocked: nothing was kept.
  }
  return isAny;
}
