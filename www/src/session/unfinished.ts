// What this tab keeps of a person's unfinished work, such as a draft: over a reload and a look at other pages, until they sign
// out. By operator, so that whoever signs in next in this tab finds nothing of it.

const prefix = "bonafide:unfinished:";
/** Where storage is forbidden or full it lasts as long as the page. */
const memory = new Map<string, string>();

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

/** Forgets everybody's work, or everybody's but one operator's. */
export function forgetUnfinished(but?: string): void {
  const isForgotten = (key: string) => key.startsWith(prefix) && (but === undefined || !key.startsWith(keyOf(but, "")));
  for (const key of memory.keys()) if (isForgotten(key)) memory.delete(key);
  try {
    for (const key of Object.keys(sessionStorage)) if (isForgotten(key)) sessionStorage.removeItem(key);
  } catch {
    // Storage is forbidden: nothing is there.
  }
}
