// What stands between the messages, numbered as they are: notes and events. How new ones join those that are known. Pure.

export interface Numbered {
  number: number;
}

/** Known and new ones in order of their number, each once. */
export function mergedByNumber<Item extends Numbered>(known: Item[], more: Item[]): Item[] {
  if (more.length === 0) return known;
  const byNumber = new Map([...known, ...more].map((item) => [item.number, item]));
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}

/** The highest number up to which nothing is missing. */
export function numberedUpTo(items: Numbered[]): number {
  const gap = items.findIndex(({ number }, index) => number !== index + 1);
  return gap === -1 ? items.length : gap;
}
