// The context variables a work stream admits: name and type.
import { Button, makeStyles, Select, Input, Text, tokens } from "@fluentui/react-components";
import { AddRegular, DismissRegular } from "@fluentui/react-icons";
import type { VariableType } from "../../api/types";
import { FieldFrame } from "../../forms/fields";
import type { Form } from "../../forms/useForm";
import { Panel } from "../../shell/Panel";
import { newVariable, type StreamValues, type VariableRow } from "./streamValues";

const useStyles = makeStyles({
  rows: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS, listStyleType: "none", margin: 0, padding: 0 },
  row: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) minmax(96px, 160px) auto",
    gap: tokens.spacingHorizontalS,
    alignItems: "start",
  },
  mono: { fontFamily: tokens.fontFamilyMonospace, width: "100%", minWidth: 0 },
  none: { color: tokens.colorNeutralForeground2 },
  add: { alignSelf: "flex-start" },
});

const types: [VariableType, string][] = [
  ["text", "Text"],
  ["number", "Number"],
  ["boolean", "Yes or no"],
];

export function VariablesEditor({ form }: { form: Form<StreamValues> }) {
  const styles = useStyles();
  const rows = form.values.contextVariables;
  const change = (index: number, part: Partial<VariableRow>, path: string) =>
    form.set(
      "contextVariables",
      rows.map((row, at) => (at === index ? { ...row, ...part } : row)),
      path,
    );

  return (
    <Panel
      title="Context variables"
      lead="Values a website may send about a visitor. Names are compared exactly, upper and lower case differ; what is not declared here is not shown to agents."
    >
      {rows.length === 0 && <Text className={styles.none}>None: agents see no context, and rules can only ask whether the visitor is authenticated.</Text>}
      <ul className={styles.rows} data-field="contextVariables" data-invalid={form.errorAt("contextVariables") === undefined ? undefined : ""}>
        {rows.map((row, index) => {
          const path = `contextVariables[${index}]`;
          return (
            <li key={row.key} className={styles.row}>
              <FieldFrame name={`${path}.name`} label={`Name of variable ${index + 1}`} hideLabel error={form.errorAt(`${path}.name`)} required>
                <Input
                  className={styles.mono}
                  value={row.name}
                  maxLength={100}
                  spellCheck={false}
                  dir="ltr"
                  placeholder="msdyn_cartvalue"
                  onChange={(_, { value }) => change(index, { name: value }, `${path}.name`)}
                />
              </FieldFrame>
              <FieldFrame name={`${path}.type`} label={`Type of variable ${index + 1}`} hideLabel error={form.errorAt(`${path}.type`)}>
                <Select
                  value={row.type}
                  onChange={(_, { value }) => change(index, { type: value as VariableType }, `${path}.type`)}
                >
                  {types.map(([value, name]) => (
                    <option key={value} value={value}>
                      {name}
                    </option>
                  ))}
                </Select>
              </FieldFrame>
              <Button
                appearance="subtle"
                icon={<DismissRegular />}
                aria-label={`Remove variable ${row.name || index + 1}`}
                onClick={() => form.set("contextVariables", rows.filter((other) => other !== row))}
              />
            </li>
          );
        })}
      </ul>
      {form.errorAt("contextVariables") && <Text role="alert">{form.errorAt("contextVariables")}</Text>}
      <Button
        className={styles.add}
        icon={<AddRegular />}
        disabled={rows.length >= 100}
        onClick={() => form.set("contextVariables", [...rows, newVariable()])}
      >
        Add variable
      </Button>
    </Panel>
  );
}
