/** The border between the element and what is drawn for it. Types only. */
import type { Chat } from "../chat/chat";
import type { PageCall } from "../engine/pkg/bonafide_widget";
import type { ChatError } from "../errors";
import type { ElementEvents } from "../events";
import type { Words } from "../strings/en";

/** What the panel is given by its element. */
export interface PanelHost {
  readonly chat: Chat;
  readonly element: HTMLElement & { readonly server: string; readonly strings: Words; readonly getToken: unknown; close(): void };
  /** Stands in the element's shadow root, with the launcher in it. */
  readonly base: HTMLElement;
  /** Puts the panel on the screen. */
  open(): void;
  /** Tells the page of an event; `false` when the page takes care of it. */
  tell(type: keyof ElementEvents, detail: unknown): boolean;
  /** Tells the page, and the console, of a failure. */
  fail(error: ChatError): void;
  /** The last call of the page's function since the developers' report was switched on. */
  call?: PageCall | undefined;
  /** Takes the report away. */
  hideReport?: (() => void) | undefined;
  /** The state changed: draws what the element itself shows. */
  draw(): void;
}
