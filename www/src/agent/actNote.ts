// The note that comes with what an agent does to a conversation, while it is written. Kept, as its dialog goes when the visitor
// ends the conversation or somebody else takes it.
import { useState } from "react";
import { useOperator } from "../session/session";
import { readUnfinished } from "../session/unfinished";
import { keepHere, keptChanged } from "./keptHere";

export const acts = ["hand-over", "close"] as const;
export type Act = (typeof acts)[number];

/** The notes that are on their way, by operator and name: what follows from them may be seen before their answer comes. */
const underWay = new Set<string>();

const nameOf = (act: Act, conversation: string) => `${act}-note:${conversation}`;
const wayOf = (act: Act, operator: string, conversation: string) => `${operator} ${nameOf(act, conversation)}`;

/** What was written and is not on its way. */
export const readActNote = (act: Act, operator: string, conversation: string): string =>
  underWay.has(wayOf(act, operator, conversation)) ? "" : (readUnfinished(operator, nameOf(act, conversation)) ?? "");

export const forgetActNote = (act: Act, operator: string, conversation: string): void =>
  keepHere(operator, nameOf(act, conversation), "");

export function useActNote(act: Act, conversation: string) {
  const { id: operator } = useOperator();
  const [note, setNote] = useState(() => readUnfinished(operator, nameOf(act, conversation)) ?? "");
  const way = wayOf(act, operator, conversation);
  return {
    note,
    write: (next: string) => {
      setNote(next);
      keepHere(operator, nameOf(act, conversation), next);
    },
    /** Gives it to be sent. It stays where it is kept until it is there: the page may go before the answer comes. */
    take: () => {
      underWay.add(way);
      keptChanged();
      return note.trim() === "" ? undefined : note.trim();
    },
    /** It is there. */
    done: () => {
      underWay.delete(way);
      setNote("");
      forgetActNote(act, operator, conversation);
    },
    /** It was refused. */
    giveBack: () => {
      underWay.delete(way);
      keptChanged();
    },
  };
}
