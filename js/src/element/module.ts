/** The border between what a page loads at once and what it loads when the chat is first opened. Types only. */
import type { Chat, ChatOptions } from "../chat/chat";
import type { Engines } from "../engine/load";
import type { PanelHost } from "../panel/host";
import type { Panel } from "../panel/panel";

/** The lazily loaded part. */
export interface ChatModule extends Engines {
  /** Makes a chat without a face. */
  createChat(options: ChatOptions): Chat;
  /** Draws a chat. */
  readonly Panel: new (
    host: PanelHost,
  ) => Panel;
}

/** Where an element gets the lazily loaded part from. Called again after a failure. */
export type LoadChat = () => Promise<ChatModule>;
