// The routing rules of a work stream, in order: the first that matches wins.
import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons";
import type { Queue } from "../../api/types";
import type { Form } from "../../forms/useForm";
import { Panel } from "../../shell/Panel";
import { RuleCard } from "./RuleCard";
import { newRule, type RuleRow, type StreamValues } from "./streamValues";

const useStyles = makeStyles({
  rules: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM, listStyleType: "none", margin: 0, padding: 0 },
  none: { color: tokens.colorNeutralForeground2 },
  add: { alignSelf: "flex-start" },
});

export function RulesEditor({ form, queues }: { form: Form<StreamValues>; queues: Queue[] }) {
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
