/**
 * What is kept for the tab: the unsent draft, whether the panel was open, and whether the visitor went to sign in. The
 * engine keeps its session beside it, under `bonafide:{widget}`. Storage that a browser blocks is as good as empty; nothing
 * here throws.
 */

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
