// A search in the address: what is looked for stands in it, so that it can be sent to a colleague and outlives the page. Pure.
import type { SearchQuery } from "../../api/types";

type State = NonNullable<SearchQuery["state"]>;

export interface SearchValues {
  person: string;
  text: string;
  queue: string;
  state: State | "";
  agent: string;
  /** Days as a date field has them, in the reader's own time; empty for no limit. */
  from: string;
  to: string;
}

export const nothingWanted: SearchValues = { person: "", text: "", queue: "", state: "", agent: "", from: "", to: "" };

const names = Object.keys(nothingWanted) as (keyof SearchValues)[];
const states: readonly string[] = ["waiting", "active", "closed", "unanswered"] satisfies State[];
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(startOf(text).getTime());

/** The values in an address. What is no value of a field is left out. */
export function valuesFrom(search: URLSearchParams): SearchValues {
  const read = (name: keyof SearchValues) => search.get(name) ?? "";
  const state = read("state");
  return {
    person: read("person"),
    text: read("text"),
    queue: read("queue"),
    state: states.includes(state) ? (state as State) : "",
    agent: read("agent"),
    from: isDay(read("from")) ? read("from") : "",
    to: isDay(read("to")) ? read("to") : "",
  };
}

/** The address of a search, without what is empty. */
export function searchFrom(values: SearchValues): URLSearchParams {
  const wanted = names.map((name) => [name, values[name].trim()] as const);
  return new URLSearchParams(wanted.filter(([, value]) => value !== "").map(([name, value]) => [name, value]));
}

/** What the server is asked. A day lasts as long as it does where the reader is. */
export function queryFrom(values: SearchValues): SearchQuery {
  const { state, from, to, ...texts } = values;
  const query: SearchQuery = {};
  for (const [name, value] of Object.entries(texts)) if (value.trim() !== "") query[name as keyof typeof texts] = value.trim();
  if (state !== "") query.state = state;
  if (from !== "") query.from = startOf(from).toISOString();
  if (to !== "") query.to = startOf(to, 1).toISOString();
  return query;
}

/** The beginning of a day, or of one so many days later, in the reader's own time. */
function startOf(day: string, later = 0): Date {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later);
}

/** A text in parts, those that were looked for apart from the others. */
export function marked(text: string, wanted: string): { text: string; isWanted: boolean }[] {
  const words = wanted.split(/\s+/).filter(Boolean).sort((one, other) => other.length - one.length);
  if (words.length === 0) return [{ text, isWanted: false }];
  const pattern = new RegExp(`(${words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|")})`, "giu");
  return text
    .split(pattern)
    .map((part, index) => ({ text: part, isWanted: index % 2 === 1 }))
    .filter((part) => part.text !== "");
}
