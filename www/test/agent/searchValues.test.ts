// A search in the address: it comes back as it was written, asks for whole days, and shows where the words are.
import { describe, expect, it } from "vitest";
import { marked, nothingWanted, queryFrom, searchFrom, valuesFrom } from "../../src/agent/search/searchValues";

describe("a search", () => {
  it("comes back from the address as it was", () => {
    const values = { person: "Ana & Ben", text: "50 % +1", queue: "que_1", state: "closed", agent: "opr_1", from: "2026-11-01", to: "2026-11-30" } as const;
    expect(valuesFrom(new URLSearchParams(searchFrom(values).toString()))).toEqual(values);
    expect(searchFrom({ ...nothingWanted, text: "  " }).toString()).toBe("");
  });

  it("leaves out what is no value of its field", () => {
    const search = new URLSearchParams("state=lost&from=yesterday&to=2026-99-99x&text=a&other=b");
    expect(valuesFrom(search)).toEqual({ ...nothingWanted, text: "a" });
  });

  it("asks for days from their beginning to their end, where the reader is", () => {
    const query = queryFrom({ ...nothingWanted, from: "2026-02-28", to: "2026-02-28" });
    const [from, to] = [Date.parse(query.from ?? ""), Date.parse(query.to ?? "")];
    expect(new Date(from).getHours()).toBe(0);
    expect(new Date(to).getDate()).toBe(1);
    expect(to - from).toBe(24 * 60 * 60 * 1000);
    expect(queryFrom(nothingWanted)).toEqual({});
  });

  it("shows the words that were looked for, in any case, and takes signs as they are", () => {
    const wanted = (text: string, words: string) => marked(text, words).filter(({ isWanted }) => isWanted).map((part) => part.text);
    expect(wanted("Where is my PARCEL?", "parcel my")).toEqual(["my", "PARCEL"]);
    expect(wanted("It costs 5.00 (five)", "5.00 (five")).toEqual(["5.00", "(five"]);
    expect(wanted("5x00", "5.00")).toEqual([]);
    expect(marked("a", "")).toEqual([{ text: "a", isWanted: false }]);
  });
});
