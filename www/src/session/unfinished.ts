// What this tab keeps of a person's unfinished work, such as a draft: over a reload and a look at other pages, until they sign
// out. By operator, so that whoever signs in next in this tab finds nothing of it.

const prefix = "bonafide:unfinished:";
/** Where storage is forbidden or full it lasts as long as the page. */
const memory = new Map<string, string>();

/** Those who would keep more of what is forgotten. */
const keepers = new Set<(but: string | undefined) => void>();

const keyOf = (operator: string, name: string) => `${prefix}${operator}:${name}`;

export function readUnfinished(operator: string, name: string): string | null {
  const key = keyOf(operator, name);
  try {
    return memory.get(key) ?? sessionStorage.getItem(key);
  } catch {
    return memory.get(key) ?? null;
  }
}

/** Keeps a text; an empty one is not kept. */
export function keepUnfinished(operator: string, name: string, text: string): void {
  const key = keyOf(operator, name);
  memory.delete(key);
  try {
    if (text === "") sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    if (text !== "") memory.set(key, text);
  }
}

/** What is kept under an operator, by name. */
export function unfinishedNames(operator: string): string[] {
  const start = keyOf(operator, "");
  const isTheirs = (key: string) => key.startsWith(start);
  let stored: string[] = [];
  try {
    stored = Object.keys(sessionStorage);
  } catch {
    // Storage is forbidden: nothing is there.
  }
  return [...memory.keys(), ...stored].filter(isTheirs).map((key) => key.slice(start.length));
}

/** Tells of work that is about to be forgotten: everybody's, or everybody's but one operator's. */
export const beforeForgotten = (tell: (but: string | undefined) => void): void => void keepers.add(tell);

/** Forgets everybody's work, or everybody's but one operator's. */
export function forgetUnfinished(but?: string): void {
  for (const tell of keepers) tell(but);
  const isForgotten = (key: string) => key.startsWith(prefix) && (but === undefined || !key.startsWith(keyOf(but, "")));
  for (const key of memory.keys()) if (isForgotten(key)) memory.delete(key);
  try {
    for (const key of Object.keys(sessionStorage)) if (isForgotten(key)) sessionStorage.removeItem(key);
  } catch {
    // Storage is forbidden: nothing is there.
  }
}
