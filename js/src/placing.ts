/**
 * Puts the script tag's element into the page, and back when the page replaces all that is in it, as navigation on the client
 * does (Turbo, htmx, pjax, `document.open`). An element that the page takes out by itself stays out.
 */
import type { BonafideChatElement } from "./element/element";
import { methods } from "./engine/pkg/taken";
import { MutationObserver } from "./natives";

/** Puts an element at the end of the page as soon as there is a body; instead of one like it only where it `replaces` that. */
export function put(element: BonafideChatElement, replaces: boolean): void {
  const { body } = document;
  if (!body) return document.addEventListener("DOMContentLoaded", () => put(element, replaces), { once: true });
  const twin = [...document.querySelectorAll("bonafide-chat")].find(
    (other) => other !== element && other.widget === element.widget && other.server === element.server,
  );
  if (twin && !replaces) return;
  // A copy that a navigation kept of the page before holds nothing yet.
  if (twin) twin.replaceWith(element);
  else if (!element.isConnected) body.append(element);
  // Where the page has something else by this name, the chat is there, and nothing puts it back.
  if (!methods.MutationObserver.observe) return;
  const observer = new MutationObserver((records) => {
    const isOurs = document.body === body;
    if (isOurs && element.isConnected) return;
    observer.disconnect();
    const nodes = (kind: "addedNodes" | "removedNodes") => records.flatMap((record) => [...record[kind]]);
    const added = nodes("addedNodes");
    const isAlone = nodes("removedNodes").every((node) => node.nodeName === element.nodeName);
    // All that stood in the body is gone. Where that is chats alone, and nothing came instead, they were taken out.
    const isReplaced = [...body.childNodes].every((child) => added.includes(child)) && !(isAlone && !body.firstChild);
    if (!isOurs || isReplaced) put(element, true);
  });
  for (const place of [document, document.documentElement, body]) observer.observe(place, { childList: true });
}
