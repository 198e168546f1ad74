// The note that comes with what an agent does to a conversation, while it is written. Kept, as its dialog goes when the visitor
// ends the conversation or somebody else takes it.
import { useState } from "react";
import { useOperator } from "../session/session";
import { keepUnfinished, readUnfinished } from "../session/unfinished";

export const acts = ["hand-over", "close"] as const;
export type Act = (typeof acts)[number];

const nameOf = (act: Act, conversation: string) => `${act}-note:${conversation}`;

export const readActNote = (act: Act, operator: string, conversation: string): string =>
  readUnfinished(operator, nameOf(act, conversation)) ?? "";

export const forgetActNote = (act: Act, operator: string, conversation: string): void =>
  keepUnfinished(operator, nameOf(act, conversation), "");

export function useActNote(act: Act, conversation: string) {
  const { id: operator } = useOperator();
  const [note, setNote] = useState(() => readActNote(act, operator, conversation));
  const keep = (text: string) => keepUnfinished(operator, nameOf(act, conversation), text);
  return {
    note,
    write: (next: string) => {
      setNote(next);
      keep(next);
    },
    /** Gives it to be sent. On its way it is not kept: what follows from it may be seen before its answer comes. */
    take: () => {
      keep("");
      return note.trim() === "" ? undefined : note.trim();
    },
    /** It was refused. */
    giveBack: () => keep(note),
  };
}
