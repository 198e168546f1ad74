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
export type * from "./generated/index";
export type { Strings, Words } from "./strings/en";
