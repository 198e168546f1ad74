// The one-time secret of the set-up link. It travels in the URL's fragment, which browsers never send; this module
// takes it out of the address bar (and so out of the history) when it is loaded, and keeps it in memory only.

function takeFragment(): string | null {
  const { pathname, search, hash } = window.location;
  if (pathname !== "/setup" || hash.length < 2) return null;
  window.history.replaceState(window.history.state, "", pathname + search);
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    // Not percent-encoded text: the server will say that it is not the secret.
    return hash.slice(1);
  }
}

/** The secret this page was opened with, or null. A reload forgets it; the link opens it again. */
export const setUpSecret: string | null = takeFragment();
