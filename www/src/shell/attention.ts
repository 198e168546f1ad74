// Whether somebody looks at this page, and whether a part of it is on the screen.
import { type RefCallback, useCallback, useState, useSyncExternalStore } from "react";

/** Whether the page is in front and has the focus: in another window, tab or program nobody reads it. */
export function useAttention(): boolean {
  return useSyncExternalStore(subscribe, () => document.visibilityState === "visible" && document.hasFocus());
}

/** Whether an element is on the screen: not scrolled away, not behind another tab. Gives the element's ref, and the answer. */
export function useOnScreen<Part extends Element>(): [ref: RefCallback<Part>, isOnScreen: boolean] {
  const [isOnScreen, setOnScreen] = useState(false);
  const ref = useCallback<RefCallback<Part>>((part) => {
    if (part === null) return;
    const observer = new IntersectionObserver((entries) => setOnScreen(entries.at(-1)?.isIntersecting === true));
    observer.observe(part);
    return () => {
      observer.disconnect();
      setOnScreen(false);
    };
  }, []);
  return [ref, isOnScreen];
}

function subscribe(listener: () => void): () => void {
  document.addEventListener("visibilitychange", listener);
  window.addEventListener("focus", listener);
  window.addEventListener("blur", listener);
  return () => {
    document.removeEventListener("visibilitychange", listener);
    window.removeEventListener("focus", listener);
    window.removeEventListener("blur", listener);
  };
}
