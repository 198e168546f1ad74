// Keeping a text of unfinished work, and hearing of it where it is shown: what is on its way elsewhere may be refused, or done.
import { useSyncExternalStore } from "react";
import { keepUnfinished } from "../session/unfinished";

const listeners = new Set<() => void>();

/** Something that is kept is to be looked at again. */
export function keptChanged(): void {
  for (const listener of listeners) listener();
}

export function keepHere(operator: string, name: string, text: string): void {
  keepUnfinished(operator, name, text);
  keptChanged();
}

/** What is kept, by a function that reads it as one text; read again whenever some of it changes. */
export const useKept = (read: () => string): string => useSyncExternalStore(subscribe, read);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
