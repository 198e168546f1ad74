// The state of one form: values, what the server said about each field, whether there is something to lose.
// Judging values is the server's: here only a blank required field stops a form from being sent.
import { type FormEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { ApiProblem, asProblem } from "../api/problem";
import { merge, type Names, same } from "./merge";

export interface Form<Values> {
  values: Values;
  /**
   * Takes a new value; what was said about the field, or about `path` inside it, is forgotten. While the form is being saved
   * nothing is taken: it could be in the place of what somebody else changed, before anybody saw that.
   */
  set<Key extends keyof Values & string>(key: Key, value: Values[Key], path?: string): void;
  /** Message about the field at `path` (`name`, `rules[2].queue`), if there is one. */
  errorAt(path: string): string | undefined;
  /** Forgets what was said about `path` and everything below it. */
  forget(path: string): void;
  /** Why the last attempt failed, when a field does not already say it all. */
  problem: ApiProblem | null;
  /** Messages about fields that the form does not show. */
  stray: string[];
  isSaving: boolean;
  /** Something was changed since the form was opened or saved. */
  isDirty: boolean;
  /** What somebody else changed in the record, and was taken over with the last attempt to save. */
  taken: Names<Values>;
  /** Whether that attempt went well. */
  isTakenSaved: boolean;
  /** What both changed: nothing is saved before somebody chose. */
  conflict: Conflict<Values> | null;
  submit(event?: FormEvent): void;
  ref: RefObject<HTMLFormElement | null>;
}

/** What is stored: as the form holds it, and the version that the next change is based on. */
export interface Stored<Values> {
  values: Values;
  version: number;
}

/** What two people changed in one record at the same time. */
export interface Conflict<Values> {
  names: Names<Values>;
  mine: Values;
  theirs: Values;
  /** Saves what was chosen for each of `names`. */
  choose(chosen: Partial<Values>): void;
  /** Back to the form, with nothing saved. */
  cancel(): void;
}

export interface FormOptions<Values> {
  initial: Values;
  /** The version of the record that `initial` is from; absent for a new one. */
  version?: number | undefined;
  /** Sends the values, as a change of `version`; gives what the server stored. May throw ApiProblem. */
  save: (values: Values, version: number) => Promise<Stored<Values> | void>;
  /** What is stored now: asked for when somebody else saved meanwhile. */
  latest?: () => Promise<Stored<Values>>;
  /** Paths that must not be blank, with what to say. */
  required?: (values: Values) => Record<string, string | undefined>;
}

interface Taken<Values> {
  names: Names<Values>;
  isSaved: boolean;
}

const nothingTaken = { names: [], isSaved: false };

type Errors = Readonly<Record<string, string | undefined>>;

/** Saves that others may come before, until the form gives up. */
const mostAttempts = 5;

export function useForm<Values extends object>(options: FormOptions<Values>): Form<Values> {
  const { initial, save, latest, required } = options;
  const [values, setValues] = useState(initial);
  const [saved, setSaved] = useState<Stored<Values>>({ values: initial, version: options.version ?? 0 });
  const [taken, setTaken] = useState<Taken<Values>>(nothingTaken);
  const [conflict, setConflict] = useState<Conflict<Values> | null>(null);
  const [errors, setErrors] = useState<Errors>({});
  const [stray, setStray] = useState<string[]>([]);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isSaving, setSaving] = useState(false);
  const isLocked = useRef(false);
  const [attempt, setAttempt] = useState(0);
  const ref = useRef<HTMLFormElement>(null);

  // After an attempt that failed: to the first field that is wrong, in the order of the page.
  useEffect(() => {
    if (attempt > 0) focusFirstError(ref.current);
  }, [attempt]);

  const forget = useCallback((path: string) => {
    setErrors((before) => {
      const kept = Object.entries(before).filter(([name]) => !isAtOrBelow(name, path));
      return kept.length === Object.keys(before).length ? before : Object.fromEntries(kept);
    });
  }, []);

  const set: Form<Values>["set"] = useCallback(
    (key, value, path = key) => {
      if (isLocked.current) return;
      setValues((before) => ({ ...before, [key]: value }));
      forget(path);
    },
    [forget],
  );

  const fail = (found: Errors, cause: ApiProblem | null) => {
    const shown = new Set(fieldNames(ref.current));
    const placed: Record<string, string> = {};
    const unplaced: string[] = [];
    for (const [name, message] of Object.entries(found)) {
      if (message === undefined) continue;
      const place = nearestField(name, shown);
      if (place === null) unplaced.push(message);
      else placed[place] ??= message;
    }
    setErrors(placed);
    setStray(unplaced);
    setProblem(cause);
    setAttempt((count) => count + 1);
  };

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (isLocked.current) return;
    const missing = required?.(values) ?? {};
    if (Object.values(missing).some((message) => message !== undefined)) return fail(missing, null);
    send(values, saved, []);
  };

  /** Saves `mine`, made of `base`. `others` is what of it others changed. */
  const send = (mine: Values, base: Stored<Values>, others: Names<Values>) => {
    isLocked.current = true;
    setSaving(true);
    setConflict(null);
    setTaken(nothingTaken);
    setProblem(null);
    setStray([]);
    setErrors({});
    attemptSave(mine, base, others)
      .catch((error: unknown) => {
        const cause = asProblem(error);
        fail(Object.fromEntries(cause.fields.map(({ name, message }) => [name, message])), cause);
      })
      .finally(() => {
        isLocked.current = false;
        setSaving(false);
      });
  };

  const attemptSave = async (sent: Values, from: Stored<Values>, others: Names<Values>) => {
    let [mine, base, changed] = [sent, from, others];
    try {
      for (let attempts = 1; ; attempts++) {
        try {
          const stored = (await save(mine, base.version)) ?? { values: mine, version: base.version };
          setSaved(stored);
          // Rows that are stored as they were sent stay the same rows on the page.
          setValues(merge(sent, sent, stored.values).values);
          return setTaken({ names: changed, isSaved: true });
        } catch (error) {
          if (!latest || attempts >= mostAttempts || asProblem(error).code !== "record-changed") throw error;
        }
        const theirs = await latest();
        const merged = merge(base.values, mine, theirs.values);
        changed = [...new Set([...changed, ...merged.taken])];
        if (merged.conflicts.length > 0) {
          const others = changed;
          return setConflict({
            names: merged.conflicts,
            mine,
            theirs: theirs.values,
            choose: (chosen) => {
              const next = { ...merged.values, ...chosen };
              setValues(next);
              send(next, theirs, others);
            },
            cancel: () => setConflict(null),
          });
        }
        [mine, base] = [merged.values, theirs];
      }
    } catch (error) {
      // What was merged stands in the form: what is wrong with it can be mended there, and the next attempt is made of it.
      setValues(mine);
      setSaved(base);
      setTaken({ names: changed, isSaved: false });
      throw error;
    }
  };

  return {
    values,
    set,
    errorAt: (path) => errors[path],
    forget,
    problem,
    stray,
    isSaving,
    isDirty: !same(values, saved.values),
    taken: taken.names,
    isTakenSaved: taken.isSaved,
    conflict,
    submit,
    ref,
  };
}

/** `rules[2].queue` is at or below `rules`, `rules[2]` and itself. */
function isAtOrBelow(name: string, path: string): boolean {
  return name === path || name.startsWith(`${path}.`) || name.startsWith(`${path}[`);
}

/** The shown field that stands for `name`: itself, or the nearest one that holds it. */
function nearestField(name: string, shown: ReadonlySet<string>): string | null {
  let path = name;
  while (path !== "") {
    if (shown.has(path)) return path;
    path = path.replace(/(?:^|\.)[^.[\]]*$|\[\d+\]$/, "");
  }
  return null;
}

function fieldNames(form: HTMLElement | null): string[] {
  return [...(form?.querySelectorAll<HTMLElement>("[data-field]") ?? [])].map((field) => field.dataset["field"] ?? "");
}

function focusFirstError(form: HTMLElement | null): void {
  const field = form?.querySelector<HTMLElement>("[data-field][data-invalid]");
  const control = field?.querySelector<HTMLElement>("input, select, textarea, button, [tabindex]");
  control?.focus();
  // Absent in test browsers without layout.
  field?.scrollIntoView?.({ block: "nearest" });
}
