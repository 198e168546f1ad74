/**
 * Sign-outs, as the site's storage keeps them for all its pages. It must not touch what opens a session, which only the tab has:
 * what is kept there ends one.
 */

/**
 * Whether the visitor signed out of a session that the server was not told of; where they do so now, of any. The engine keeps
 * what ends a session where all pages of the site find it, a line for each with a sign before it, and tells the server when it
 * is loaded (`revocables.rs`).
 */
export function signedOut(widget: string, isNow: boolean): boolean {
  const key = `bonafide:${widget}:sessions`;
  try {
    let kept = localStorage.getItem(key);
    if (kept && isNow) {
      kept = kept.replace(/^\+/gm, "-");
      localStorage.setItem(key, kept);
    }
    return /^-/m.test(kept ?? "");
  } catch {
    // Blocked: nothing was kept.
    return false;
  }
}
