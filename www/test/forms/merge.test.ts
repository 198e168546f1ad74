// Merging never loses what only one side changed, and never decides what both changed.
import { describe, expect, it } from "vitest";
import { merge, same } from "../../src/forms/merge";

type Form = Record<"a" | "b" | "c", number>;

/** Every form of three fields with three values each. */
const forms: Form[] = [0, 1, 2].flatMap((a) => [0, 1, 2].flatMap((b) => [0, 1, 2].map((c) => ({ a, b, c }))));
const names = ["a", "b", "c"] as const;

describe("merging", () => {
  it("takes what one side changed, and names what both changed differently, in every case", () => {
    for (const base of forms.slice(0, 9)) {
      for (const mine of forms) {
        for (const theirs of forms) {
          const { values, conflicts, taken } = merge(base, mine, theirs);
          for (const name of names) {
            const [iDid, theyDid] = [mine[name] !== base[name], theirs[name] !== base[name]];
            const isConflict = iDid && theyDid && mine[name] !== theirs[name];
            expect(conflicts.includes(name)).toBe(isConflict);
            expect(taken.includes(name)).toBe(theyDid && !iDid);
            if (!isConflict) expect(values[name]).toBe(iDid ? mine[name] : theirs[name]);
          }
        }
      }
    }
  });

  it("does not take a row's place on the page for a change", () => {
    const [one, other] = [{ rows: [{ key: "row-1", name: "x" }] }, { rows: [{ key: "row-7", name: "x" }] }];
    expect(same(one, other)).toBe(true);
    expect(merge(one, one, other)).toEqual({ values: one, conflicts: [], taken: [] });
  });
});
