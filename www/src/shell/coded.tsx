// Sentences of the server with `names` in them: what stands between backticks is shown as code.
import type { ReactNode } from "react";

export function coded(text: string): ReactNode {
  const parts = text.split("`");
  // An odd backtick is no pair: the sentence is shown as it is.
  if (parts.length === 1 || parts.length % 2 === 0) return text;
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never move.
  return parts.map((part, index) => (index % 2 === 0 ? part : <code key={index}>{part}</code>));
}

/** The same as what a field says of its fault, if there is one. */
export const codedFault = (fault: string | undefined) => (fault === undefined ? undefined : { children: coded(fault) });
