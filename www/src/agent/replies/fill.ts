// Fills the variables of a canned reply with what is known of a conversation. What is not known is marked, for the agent to
// fill: a visitor never reads braces, nor a mark. Pure.
import type { ConversationSummary } from "../../api/types";

export interface ReplyValues {
  visitor: string;
  agent: string;
  queue: string;
  /** Context variables by name; what the website signed outweighs what the page says. */
  context: Readonly<Record<string, string>>;
}

/** A place for the agent to fill. */
export interface Blank {
  /** Where it is in the text, in UTF-16 units as fields count. */
  start: number;
  end: number;
  name: string;
}

const variable = /\{(visitor|agent|queue|context\.[^{}]+)\}/gu;
const mark = /‹(visitor|agent|queue|context\.[^‹›]+)›/gu;

/** The visitor's name; empty for somebody whose name nobody knows. */
export function knownName({ contact, profile }: ConversationSummary): string {
  if (!("notLinked" in contact)) return contact.name;
  return [profile.givenName, profile.familyName].filter(Boolean).join(" ") || profile.preferredUsername || "";
}

export function valuesOf(summary: ConversationSummary, agent: string): ReplyValues {
  const { context, queue } = summary;
  const values = Object.entries({ ...context.unsigned, ...context.signed }).map(([name, value]) => [name, String(value)]);
  return { visitor: knownName(summary), agent, queue: queue.name, context: Object.fromEntries(values) };
}

/** The reply with its variables filled, and `‹visitor›` where nothing is known. Filled values are not looked at again. */
export function fill(text: string, values: ReplyValues): string {
  return text.replaceAll(variable, (_, name: string) => valueOf(name, values).trim() || `‹${name}›`);
}

/** What is still to be filled, in order. */
export const blanksIn = (text: string): Blank[] =>
  [...text.matchAll(mark)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    name: match[1] ?? "",
  }));

function valueOf(name: string, { visitor, agent, queue, context }: ReplyValues): string {
  if (name === "visitor") return visitor;
  if (name === "agent") return agent;
  if (name === "queue") return queue;
  const key = name.slice("context.".length);
  return Object.hasOwn(context, key) ? (context[key] ?? "") : "";
}
