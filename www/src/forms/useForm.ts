// The state of one form: values, what the server said about each field, whether there is something to lose.
// Judging values is the server's: here only a blank required field stops a form from being sent.
import { type FormEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { ApiProblem, asProblem } from "../api/problem";

export interface Form<Values> {
  values: Values;
  /** Takes a new value; what was said about the field, or about `path` inside it, is forgotten. */
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
  /** Values that count as saved from now on. */
  reset(values: Values): void;
  submit(event?: FormEvent): void;
  ref: RefObject<HTMLFormElement | null>;
}

export interface FormOptions<Values> {
  initial: Values;
  /** Sends the values; may throw ApiProblem. */
  save: (values: Values) => Promise<void>;
  /** Paths that must not be blank, with what to say. */
  required?: (values: Values) => Record<string, string | undefined>;
}

type Errors = Readonly<Record<string, string | undefined>>;

export function useForm<Values extends object>({ initial, save, required }: FormOptions<Values>): Form<Values> {
  const [values, setValues] = useState(initial);
  const [saved, setSaved] = useState(initial);
  const [errors, setErrors] = useState<Errors>({});
  const [stray, setStray] = useState<string[]>([]);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isSaving, setSaving] = useState(false);
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
      if (place === null) unplaced.push(name === "" ? message : `${name}: ${message}`);
      else placed[place] ??= message;
    }
    setErrors(placed);
    setStray(unplaced);
    setProblem(cause);
    setAttempt((count) => count + 1);
  };

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (isSaving) return;
    const missing = required?.(values) ?? {};
    if (Object.values(missing).some((message) => message !== undefined)) return fail(missing, null);
    setSaving(true);
    setProblem(null);
    setStray([]);
    setErrors({});
    save(values)
      .then(() => setSaved(values))
      .catch((error: unknown) => {
        const cause = asProblem(error);
        fail(Object.fromEntries(cause.fields.map(({ name, message }) => [name, message])), cause);
      })
      .finally(() => setSaving(false));
  };

  return {
    values,
    set,
    errorAt: (path) => errors[path],
    forget,
    problem,
    stray,
    isSaving,
    isDirty: JSON.stringify(values) !== JSON.stringify(saved),
    reset: (next) => {
      setValues(next);
      setSaved(next);
      setErrors({});
      setStray([]);
      setProblem(null);
    },
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
