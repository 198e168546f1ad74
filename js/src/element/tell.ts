/** Tells the page what happened, as events on the element. */
/** Events that a window also fires itself: a page's handlers there expect other objects, so ours end at the document. */
const NOT_FOR_WINDOW = /^(error|message)$/;

/** Dispatches a `CustomEvent` that bubbles. `false` when the page called `preventDefault`. */
export function tell(element: Element, type: string, detail: unknown): boolean {
  // The class of one that the browser makes: a page may have taken the name for something of its own.
  const Made = document.createEvent("CustomEvent").constructor as typeof CustomEvent;
  const event = new Made(type, { detail, bubbles: true, composed: true, cancelable: true });
  const stop = (heard: Event) => {
    if (heard === event) heard.stopPropagation();
  };
  const { ownerDocument } = element;
  if (NOT_FOR_WINDOW.test(type)) ownerDocument.addEventListener(type, stop);
  const isWanted = element.dispatchEvent(event);
  ownerDocument.removeEventListener(type, stop);
  return isWanted;
}
