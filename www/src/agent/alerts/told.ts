// Which chats this browser has told an operator were given to them, so that it tells each once, however often a page is loaded.
import type { AgentConversation } from "../../api/types";

const keyOf = (operator: string) => `bonafide:told:${operator}`;
/** More than anybody has at once. */
const most = 500;
/** Where storage is forbidden it lasts as long as the page. */
const memory = new Map<string, string>();

/** Those that it has not told yet. */
export function untold(operator: string, given: readonly AgentConversation[]): AgentConversation[] {
  const told = new Set(toldTo(operator));
  return given.filter((conversation) => !told.has(nameOf(conversation)));
}

export function keepTold(operator: string, given: readonly AgentConversation[]): void {
  const news = untold(operator, given).map(nameOf);
  if (news.length > 0) keep(operator, [...toldTo(operator), ...news].slice(-most));
}

/** One that goes back and is given once more is told once more. */
const nameOf = ({ id, acceptedAt }: AgentConversation) => `${id} ${acceptedAt}`;

function toldTo(operator: string): string[] {
  try {
    const value: unknown = JSON.parse(memory.get(operator) ?? localStorage.getItem(keyOf(operator)) ?? "[]");
    return Array.isArray(value) ? value.filter((name) => typeof name === "string") : [];
  } catch {
    return [];
  }
}

function keep(operator: string, told: readonly string[]): void {
  const text = JSON.stringify(told);
  try {
    localStorage.setItem(keyOf(operator), text);
  } catch {
    memory.set(operator, text);
  }
}
