/** The names and payloads of what a chat tells the page. Types only: nothing here reaches a bundle. */
import type { MessageView, Started, View } from "./engine/pkg/bonafide_widget";
import type { ChatError } from "./errors";

/** Events for the page, the same for the element and the headless chat. */
export interface ChatEvents {
  /** The methods can be called. */
  ready: null;
  /** A conversation started, or one from before a reload goes on. */
  started: Started;
  /** Who the visitor is was proved, renewed, or proved after an anonymous start. */
  authenticated: null;
  /** A message was stored or has arrived. */
  message: MessageView;
  /** The conversation is over. */
  ended: null;
  /** Something failed; at most once per attempt. */
  error: ChatError;
  /** The visitor wants to sign in (element), or a sign-in is needed to go on (headless). */
  "sign-in": null;
}

/** Events of the element: those of the chat, and of the panel. */
export interface ElementEvents extends ChatEvents {
  /** The panel is on the screen. */
  opened: null;
  /** The panel was put away. */
  closed: null;
}

/** Events of the headless chat: those for the page, and the state to draw. */
export interface HeadlessEvents extends ChatEvents {
  /** The state changed. */
  view: Readonly<View>;
  /** The list of messages changed. A new array each time. */
  messages: readonly MessageView[];
  /** The agent is typing; show it for 5 s. */
  "agent-typing": null;
  /** All messages are to be forgotten: another conversation begins, or the visitor signed out. */
  cleared: null;
  /** What was typed is to be forgotten, too: signed out, or another person signed in. */
  left: null;
}
