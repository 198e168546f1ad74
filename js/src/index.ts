/**
 * `@bonafide/chat`: a chat without a face, for pages that draw their own. Importing it does nothing; `createChat` loads
 * the engine when it is first needed.
 */
export type { CallResults } from "./chat/calls";
export type { Chat, ChatOptions } from "./chat/chat";
export { createChat } from "./chat/create";
export type { Context, ContextValue, GetToken, TokenCallback } from "./engine/engine";
export { ChatError, type ChatErrorDetail } from "./errors";
export type { ChatEvents, ElementEvents, HeadlessEvents, Started } from "./events";
export type { Appearance } from "./generated/Appearance";
export type { Author } from "./generated/Author";
export type { ChatFailure } from "./generated/ChatFailure";
export type { Connection } from "./generated/Connection";
export type { Delivery } from "./generated/Delivery";
export type { ErrorCode } from "./generated/ErrorCode";
export type { Identity } from "./generated/Identity";
export type { LauncherPosition } from "./generated/LauncherPosition";
export type { MessageView } from "./generated/MessageView";
export type { Phase } from "./generated/Phase";
export type { SignIn } from "./generated/SignIn";
export type { View } from "./generated/View";
export type { Strings } from "./strings/en";
