// Remembers which given chats this browser has already announced to an operator.
import type { AgentConversation } from "../../api/types";
import { storedTexts } from "./stored";

const texts = storedTexts("bonafide:told:");
/** More than anybody has at once. */
const most = 500;

/** Those that it has not told yet. A browser that knows of none, as a new one, tells those that nobody has answered. */
export function untold(operator: string, given: readonly AgentConversation[]): AgentConversation[] {
  const told = toldTo(operator);
  return given.filter((conversation) => (told === null ? conversation.readByAgent === 0 : !told.includes(nameOf(conversation))));
}

/** Remembers these, and from the first time on that it knows of some. */
export function keepTold(operator: string, given: readonly AgentConversation[]): void {
  const told = toldTo(operator);
  const news = given.map(nameOf).filter((name) => !told?.includes(name));
  if (told === null || news.length > 0) texts.keep(operator, JSON.stringify([...(told ?? []), ...news].slice(-most)));
}

/** One that goes back and is given once more is told once more. */
const nameOf = ({ id, acceptedAt }: AgentConversation) => `${id} ${acceptedAt}`;

function toldTo(operator: string): string[] | null {
  try {
    const value: unknown = JSON.parse(texts.read(operator) ?? "null");
    return Array.isArray(value) ? value.filter((name) => typeof name === "string") : null;
  } catch {
    return null;
  }
}
