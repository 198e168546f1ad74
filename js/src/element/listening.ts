/** The element that the browser gives, whose methods for listeners know our events. Types only, but for the class itself. */
import type { ElementEvents } from "../events";

type Listener<Self, K extends keyof ElementEvents> = (this: Self, event: CustomEvent<ElementEvents[K]>) => unknown;

/** An element with typed events. */
export interface ListeningElement extends HTMLElement {
  addEventListener<K extends keyof ElementEvents>(type: K, listener: Listener<this, K>, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof ElementEvents>(type: K, listener: Listener<this, K>, options?: boolean | EventListenerOptions): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

/** What the element extends. On a server there is no HTMLElement; importing the module there must do no harm. */
export const Base = (globalThis.HTMLElement ?? class {}) as { new (): ListeningElement };
