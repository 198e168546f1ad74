/** Registers `<bonafide-chat>`. Doing it twice is harmless: the first definition stays. */
import type { ElementEvents } from "../events";
import { BonafideChatElement } from "./element";
import type { LoadChat } from "./module";

/** Defines the element where there are custom elements; `load` fetches what is needed once the chat is opened. */
export function defineElement(load: LoadChat): void {
  BonafideChatElement.load ??= load;
  const registry = globalThis.customElements;
  if (registry && !registry.get("bonafide-chat")) registry.define("bonafide-chat", BonafideChatElement);
}

type Listener<K extends keyof ElementEvents> = (this: BonafideChatElement, event: CustomEvent<ElementEvents[K]>) => unknown;

declare module "./element" {
  interface BonafideChatElement {
    addEventListener<K extends keyof ElementEvents>(type: K, listener: Listener<K>, options?: boolean | AddEventListenerOptions): void;
    addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
    removeEventListener<K extends keyof ElementEvents>(type: K, listener: Listener<K>, options?: boolean | EventListenerOptions): void;
    removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "bonafide-chat": BonafideChatElement;
  }
}
