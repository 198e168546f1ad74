// One record of the server behind a form: its version, how a change is stored, and what is stored when somebody else was first.
import type { Resource } from "../api/admin";
import { useSave } from "../api/useResource";
import { useSaved } from "../shell/useSaved";
import type { Stored } from "./useForm";

export interface RecordOptions<Item, Body, Change, Values> {
  resource: Resource<Item, Body, Change>;
  /** Null for a new one. */
  item: Item | null;
  /** The record as the form holds it. */
  valuesOf: (item: Item) => Values;
}

export function useRecord<Item extends { id: string; version: number }, Body, Change, Values>({
  resource,
  item,
  valuesOf,
}: RecordOptions<Item, Body, Change, Values>) {
  const save = useSave(resource);
  const saved = useSaved();
  const stored = (now: Item): Stored<Values> => ({ values: valuesOf(now), version: now.version });
  return {
    create: save.create,
    /** Stores a change of an existing record, and says so. */
    change: async (body: Change, version: number): Promise<Stored<Values>> => {
      if (!item) throw new Error("A new record is created, not changed.");
      const now = stored(await save.change(item.id, body, version));
      saved("Saved");
      return now;
    },
    /** For `useForm`. */
    options: {
      version: item?.version,
      ...(item && { latest: async () => stored(await save.reread(item.id)) }),
    },
  };
}
