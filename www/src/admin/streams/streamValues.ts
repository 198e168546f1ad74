// A work stream as its form holds it, and back. Rows carry a key of their own, so that moving one keeps its focus.
import { losesDigits } from "../../api/digits";
import type {
  Comparison,
  Condition,
  ContextValue,
  Resume,
  RoutingRule,
  VariableType,
  WorkStream,
  WorkStreamBody,
} from "../../api/types";

export interface VariableRow {
  key: string;
  name: string;
  type: VariableType;
}

export interface TestRow {
  key: string;
  /** Null: the test is about being authenticated, not about a variable. */
  variable: string | null;
  authenticated: boolean;
  operator: Comparison;
  value: string;
}

export interface RuleRow {
  key: string;
  name: string;
  match: "all" | "any";
  tests: TestRow[];
  queue: string;
  priority: string;
}

export interface StreamValues {
  name: string;
  contextVariables: VariableRow[];
  rules: RuleRow[];
  fallbackQueue: string;
  resume: Resume;
  /** One a line. */
  closingReasons: string;
  closingReasonRequired: boolean;
}

let lastKey = 0;
const newKey = () => `row-${++lastKey}`;

export const newVariable = (): VariableRow => ({ key: newKey(), name: "", type: "text" });

export const newTest = (): TestRow => ({
  key: newKey(),
  variable: null,
  authenticated: true,
  operator: "equals",
  value: "",
});

export const newRule = (queue: string): RuleRow => ({
  key: newKey(),
  name: "",
  match: "all",
  tests: [newTest()],
  queue,
  priority: "0",
});

/** How values of each type may be compared; the server holds the same rule. */
export const operatorsOf: Record<VariableType, readonly Comparison[]> = {
  text: ["equals", "notEquals", "contains", "startsWith", "isSet"],
  number: ["equals", "notEquals", "greaterThan", "atLeast", "lessThan", "atMost", "isSet"],
  boolean: ["equals", "notEquals", "isSet"],
};

export const operatorNames: Record<Comparison, string> = {
  equals: "is",
  notEquals: "is not",
  greaterThan: "is more than",
  atLeast: "is at least",
  lessThan: "is less than",
  atMost: "is at most",
  contains: "contains",
  startsWith: "starts with",
  isSet: "is set",
};

export function valuesOf(stream: WorkStream | null, onlyQueue: string): StreamValues {
  return {
    name: stream?.name ?? "",
    contextVariables: stream?.contextVariables.map(({ name, type }) => ({ key: newKey(), name, type })) ?? [],
    rules: stream?.rules.map(ruleRowOf) ?? [],
    fallbackQueue: stream?.fallbackQueue ?? onlyQueue,
    resume: stream?.resume ?? "never",
    closingReasons: stream?.closingReasons.join("\n") ?? "",
    closingReasonRequired: stream?.closingReasonRequired ?? false,
  };
}

export function bodyOf(values: StreamValues): WorkStreamBody {
  const types = new Map(values.contextVariables.map(({ name, type }) => [name.trim(), type]));
  return {
    name: values.name.trim(),
    contextVariables: values.contextVariables.map(({ name, type }) => ({ name: name.trim(), type })),
    rules: values.rules.map((rule) => ruleOf(rule, types)),
    fallbackQueue: values.fallbackQueue,
    resume: values.resume,
    closingReasons: reasonsOf(values.closingReasons),
    closingReasonRequired: values.closingReasonRequired,
  };
}

/** The reasons in their order; blank lines are none. */
export const reasonsOf = (lines: string): string[] => lines.split("\n").map((line) => line.trim()).filter(Boolean);

/** Where a test stands in the request. */
export const testPath = (rule: number, match: "all" | "any", test: number) => `rules[${rule}].when.${match}[${test}]`;

function ruleRowOf(rule: RoutingRule): RuleRow {
  const [match, tests] = "all" in rule.when ? (["all", rule.when.all] as const) : (["any", rule.when.any] as const);
  return {
    key: newKey(),
    name: rule.name ?? "",
    match,
    tests: tests.map((test) => {
      if ("authenticated" in test) return { ...newTest(), authenticated: test.authenticated };
      return {
        ...newTest(),
        variable: test.variable,
        operator: test.operator,
        value: test.value == null ? "" : String(test.value),
      };
    }),
    queue: rule.queue,
    priority: String(rule.priority),
  };
}

function ruleOf(row: RuleRow, types: ReadonlyMap<string, VariableType>): RoutingRule {
  const tests = row.tests.map((test) => {
    if (test.variable === null) return { authenticated: test.authenticated };
    const { variable, operator } = test;
    if (operator === "isSet") return { variable, operator };
    return { variable, operator, value: typedValue(test.value, types.get(variable) ?? "text") };
  });
  const when: Condition = row.match === "all" ? { all: tests } : { any: tests };
  const name = row.name.trim();
  return { ...(name === "" ? {} : { name }), when, queue: row.queue, priority: Number(row.priority) };
}

/** What was typed, as the declared type. What does not fit is sent as text: the server says what is wrong with it. */
export function typedValue(text: string, type: VariableType): ContextValue {
  const trimmed = text.trim();
  // What would lose digits stays text: the server reads it as the number it is.
  if (type === "number" && trimmed !== "" && Number.isFinite(Number(trimmed)) && !losesDigits(trimmed)) {
    return Number(trimmed);
  }
  if (type === "boolean" && (trimmed === "true" || trimmed === "false")) return trimmed === "true";
  return text;
}
