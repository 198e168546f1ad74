/** `createChat`: a chat with the real engine. */
import { connectEngine } from "../engine/load";
import { Chat, type ChatOptions } from "./chat";

/** Makes a chat without a face. The engine is loaded when a method first needs it, or when this tab has a conversation. */
export function createChat(options: ChatOptions): Chat {
  const chat = new Chat(options, connectEngine);
  chat.resume();
  return chat;
}
