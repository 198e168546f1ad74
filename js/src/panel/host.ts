/** The border between the element and what is drawn for it. Types only. */
import type { Chat } from "../chat/chat";
import type { PageCall } from "../engine/engine";
import type { ChatError } from "../errors";
import type { ElementEvents } from "../events";
import type { Words } from "../strings/en";

/** What the developers' report tells of, from before it was made. */
export interface Seen {
  /** The last call of the page's function; what it gave is kept only while the report is switched on. */
  call?: PageCall;
  error?: ChatError;
  /** Called when either changes. */
  changed?: (() => void) | undefined;
}

/** What the panel is given by its element. */
export interface PanelHost {
  readonly chat: Chat;
  readonly server: string;
  readonly element: HTMLElement & { readonly strings: Words; readonly getToken: unknown };
  readonly root: ShadowRoot;
  readonly base: HTMLElement;
  /** Puts the panel on the screen. */
  open(): void;
  /** Puts the panel away. */
  close(): void;
  /** Tells the page of an event; `false` when the page takes care of it. */
  tell(type: keyof ElementEvents, detail: unknown): boolean;
  /** Tells the page, and the console, of a failure. */
  fail(error: ChatError): void;
  /** What happened, for the developers' report. */
  seen?: Seen;
  /** The state changed: draws what the element itself shows. */
  draw(): void;
}
