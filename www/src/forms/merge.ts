// What becomes of a form when somebody else saved its record meanwhile. Pure: values in, values out.

/** Names of a form's values. */
export type Names<Values> = (keyof Values & string)[];

export interface Merged<Values> {
  /** What only one side changed is that side's; what both changed differently is `mine`. */
  values: Values;
  /** What both changed, differently. */
  conflicts: Names<Values>;
  /** What only the other side changed. */
  taken: Names<Values>;
}

/** `base` is what both began with. */
export function merge<Values extends object>(base: Values, mine: Values, theirs: Values): Merged<Values> {
  const merged: Merged<Values> = { values: { ...mine }, conflicts: [], taken: [] };
  for (const name of Object.keys(mine) as Names<Values>) {
    if (same(theirs[name], base[name]) || same(theirs[name], mine[name])) continue;
    if (same(mine[name], base[name])) {
      merged.values[name] = theirs[name];
      merged.taken.push(name);
    } else {
      merged.conflicts.push(name);
    }
  }
  return merged;
}

/** Whether two values say the same. The `key` of a row in a list only tells rows apart on the page. */
export function same(one: unknown, other: unknown): boolean {
  return said(one) === said(other);
}

const said = (value: unknown): string | undefined =>
  JSON.stringify(value, (name, part: unknown) => (name === "key" ? undefined : part));
