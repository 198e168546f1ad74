/**
 * A phone's keyboard, which covers the page and leaves it as high as it was: the open chat takes only what is still seen.
 * Loaded on phones. It shares no code with the chat: what that exports for it, everybody would load.
 */
import type { PanelHost } from "./host";

/** Tells the style sheet what is seen of the page, from now on. Returns what stops that. */
export function begin({ base: { style } }: PanelHost): () => void {
  const view = window.visualViewport;
  const follow = () => {
    // Who has zoomed in looks at a part of the panel, which stays as it is.
    if (!view || view.scale > 1.01) return;
    style.setProperty("--bf-seen-top", `${view.offsetTop}px`);
    style.setProperty("--bf-seen", `${view.height}px`);
  };
  follow();
  for (const type of ["resize", "scroll"]) view?.addEventListener(type, follow);
  return () => {
    for (const type of ["resize", "scroll"]) view?.removeEventListener(type, follow);
  };
}
