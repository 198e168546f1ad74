/**
 * What the visitor does in the chat stays in it. On the page its events would look as if nobody were in a field: single-key
 * shortcuts would act on what is typed, and a dialog's focus trap would take the focus away. It stops no default action.
 */

/** End at the element. What the page listens to in the capture phase it gets before, and nothing can be done about that. */
const ENDING =
  "keydown keypress keyup beforeinput input compositionstart compositionupdate compositionend copy cut paste selectstart contextmenu wheel touchmove";

/** Never reach the page: focus traps listen in the capture phase. Nothing in the chat listens to these. */
const KEPT = "focus focusin focusout blur";

const end = (event: Event) => event.stopPropagation();

/** Ends at an element what happens in it, however often it is asked to. */
export function contain(element: EventTarget): void {
  // As passive, it keeps nobody waiting who scrolls.
  for (const type of ENDING.split(" ")) element.addEventListener(type, end, { passive: true });
}

/** Keeps from the page that something in an element has the focus. Returns what stops that. */
export function containFocus(element: EventTarget): () => void {
  const types = KEPT.split(" ");
  const keep = (event: Event) => {
    if (event.composedPath().includes(element)) event.stopImmediatePropagation();
  };
  for (const type of types) addEventListener(type, keep, true);
  return () => {
    for (const type of types) removeEventListener(type, keep, true);
  };
}
