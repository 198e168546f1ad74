/**
 * `@bonafide/chat`: a chat without a face, for pages that draw their own. Importing it does nothing; `createChat` loads
 * the engine when it is first needed.
 */
export type { Chat, ChatOptions } from "./chat/chat";
export { createChat } from "./chat/create";
export type {
  Appearance,
  Author,
  ChatFailure,
  Connection,
  Context,
  ContextValue,
  Delivery,
  ErrorCode,
  GetToken,
  Identity,
  LauncherPosition,
  MessageView,
  Output,
  Phase,
  SignIn,
  Started,
  Timestamp,
  TokenCallback,
  View,
} from "./engine/pkg/bonafide_widget";
export { preload } from "./engine/preload";
export { ChatError, type ChatErrorDetail } from "./errors";
export type { ChatEvents, ElementEvents, HeadlessEvents } from "./events";
export type { Strings, Words } from "./strings/en";
