// The routing rules of a work stream, in order: the first that matches wins.
import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, Text, tokens } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons";
import type { Queue, RuleWarning } from "../../api/types";
import type { Form } from "../../forms/useForm";
import { Panel } from "../../shell/Panel";
import { RuleCard } from "./RuleCard";
import { newRule, type RuleRow, type StreamValues } from "./streamValues";

const useStyles = makeStyles({
  rules: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM, listStyleType: "none", margin: 0, padding: 0 },
  none: { color: tokens.colorNeutralForeground2 },
  add: { alignSelf: "flex-start" },
});

export interface RulesEditorProps {
  form: Form<StreamValues>;
  queues: Queue[];
  /** What the server found odd about the rules, as they are shown. */
  warnings: RuleWarning[];
}

export function RulesEditor({ form, queues, warnings }: RulesEditorProps) {
  const styles = useStyles();
  const { rules, contextVariables } = form.values;

  const change = (index: number, part: Partial<RuleRow>, path: string) =>
    form.set(
      "rules",
      rules.map((rule, at) => (at === index ? { ...rule, ...part } : rule)),
      path,
    );
  const move = (from: number, to: number) => {
    const next = [...rules];
    const [rule] = next.splice(from, 1);
    if (rule) next.splice(to, 0, rule);
    form.set("rules", next);
  };

  return (
    <Panel title="Routing rules" lead="Tried from the top; the first that matches decides the queue and the priority.">
      {rules.length === 0 && <Text className={styles.none}>None: every chat goes to the fallback queue.</Text>}
      {warnings.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>Saved, but look at {warnings.length === 1 ? "a rule" : `${warnings.length} rules`} again</MessageBarTitle>
            {warnings.map(({ rule }) => `Rule ${rule + 1}`).join(", ")}.
          </MessageBarBody>
        </MessageBar>
      )}
      <ol className={styles.rules} data-field="rules">
        {rules.map((rule, index) => (
          <li key={rule.key}>
            <RuleCard
              rule={rule}
              index={index}
              count={rules.length}
              variables={contextVariables}
              queues={queues}
              errorAt={form.errorAt}
              warning={warnings.find((warning) => warning.rule === index)?.message}
              onChange={(part, path) => change(index, part, path)}
              onMove={(to) => move(index, to)}
              onRemove={() =>
                form.set(
                  "rules",
                  rules.filter((other) => other !== rule),
                )
              }
            />
          </li>
        ))}
      </ol>
      {form.errorAt("rules") && <Text role="alert">{form.errorAt("rules")}</Text>}
      <Button
        className={styles.add}
        icon={<AddRegular />}
        disabled={rules.length >= 100}
        onClick={() => form.set("rules", [...rules, newRule(queues.length === 1 ? (queues[0]?.id ?? "") : "")])}
      >
        Add rule
      </Button>
    </Panel>
  );
}
