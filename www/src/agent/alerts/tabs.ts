// What the tabs of one browser know of each other, by the browser's locks: which of them leads, and which conversations are
// looked at. A tab that is closed or crashes loses its locks by itself. Where there are no locks (a page without https),
// each tab counts for itself.
import { useEffect, useState } from "react";

const leadName = (operator: string) => `bonafide:alerts:${operator}`;
const lookName = (conversation: string) => `bonafide:looked-at:${conversation}`;

/** The conversations that this page looks at. */
const lookedAtHere = new Set<string>();

/** Whether this tab is the one that alerts. */
export function useLeads(operator: string): boolean {
  const [leads, setLeads] = useState(navigator.locks === undefined);
  useEffect(
    () =>
      holdLock(leadName(operator), "exclusive", () => {
        setLeads(true);
        return () => setLeads(false);
      }),
    [operator],
  );
  return leads;
}

/** Tells the other tabs that a conversation is looked at, for as long as it is. */
export function useLook(conversation: string, isLookedAt: boolean): void {
  useEffect(() => {
    if (!isLookedAt) return;
    lookedAtHere.add(conversation);
    const release = holdLock(lookName(conversation), "shared", () => () => {});
    return () => {
      lookedAtHere.delete(conversation);
      release();
    };
  }, [conversation, isLookedAt]);
}

/** Whether some tab of this browser looks at a conversation. */
export async function isLookedAt(conversation: string): Promise<boolean> {
  if (lookedAtHere.has(conversation)) return true;
  const locks = await navigator.locks?.query();
  return locks?.held?.some(({ name }) => name === lookName(conversation)) ?? false;
}

/** Asks for a lock and keeps it; gives what releases it, or stops asking. */
function holdLock(name: string, mode: LockMode, held: () => () => void): () => void {
  const waiting = new AbortController();
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const task = async () => {
    if (waiting.signal.aborted) return;
    const over = held();
    await released;
    over();
  };
  navigator.locks?.request(name, { mode, signal: waiting.signal }, task).catch((error: unknown) => {
    if (!waiting.signal.aborted) throw error;
  });
  return () => {
    waiting.abort();
    release();
  };
}
