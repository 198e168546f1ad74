// A note that was written and not saved, with its client id: saved again after a lost answer or a reload it is there once.
import { readUnfinished } from "../../session/unfinished";
import { keepHere } from "../keptHere";

export interface NoteDraft {
  clientId: string;
  text: string;
}

const nameOf = (conversation: string) => `note:${conversation}`;

export function readNoteDraft(operator: string, conversation: string): NoteDraft | null {
  try {
    const value: unknown = JSON.parse(readUnfinished(operator, nameOf(conversation)) ?? "null");
    if (typeof value !== "object" || value === null) return null;
    const { clientId, text } = value as Partial<Record<keyof NoteDraft, unknown>>;
    return typeof clientId === "string" && typeof text === "string" ? { clientId, text } : null;
  } catch {
    return null;
  }
}

/** Keeps a draft; an empty one is not kept. */
export function keepNoteDraft(operator: string, conversation: string, draft: NoteDraft): void {
  keepHere(operator, nameOf(conversation), draft.text === "" ? "" : JSON.stringify(draft));
}

export const forgetNoteDraft = (operator: string, conversation: string): void =>
  keepHere(operator, nameOf(conversation), "");
