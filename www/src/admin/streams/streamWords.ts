// A work stream's values in words: for whoever chooses between two versions of them.
import type { Queue } from "../../api/types";
import type { Words } from "../../forms/MergeDialog";
import { operatorNames, type RuleRow, type StreamValues, type TestRow } from "./streamValues";

export function wordsOf(queues: readonly Pick<Queue, "id" | "name">[]): Words<StreamValues> {
  const queueName = (id: string) => queues.find((queue) => queue.id === id)?.name ?? id;
  return {
    name: "Name",
    contextVariables: ["Context variables", (rows) => rows.map(({ name, type }) => `${name}: ${type}`).join("\n")],
    rules: ["Routing rules", (rows) => rows.map((rule, index) => `${index + 1}. ${ruleText(rule, queueName)}`).join("\n")],
    fallbackQueue: ["Fallback queue", queueName],
    resume: ["Another chat of one person", (resume) => (resume === "same-person" ? "Go on with the open one" : "Start a new chat")],
    closingReasons: "Closing reasons",
    closingReasonRequired: "A closing reason must be chosen",
  };
}

function ruleText({ name, match, tests, queue, priority }: RuleRow, queueName: (id: string) => string): string {
  const when = tests.map(testText).join(match === "all" ? " and " : " or ");
  return `${name === "" ? "" : `${name}: `}${when === "" ? "every chat" : when} → ${queueName(queue)}, priority ${priority}`;
}

function testText({ variable, authenticated, operator, value }: TestRow): string {
  if (variable === null) return authenticated ? "authenticated" : "not authenticated";
  return `${variable} ${operatorNames[operator]}${operator === "isSet" ? "" : ` ${value}`}`;
}
