// One test of a rule: what is looked at, how it is compared, with what. Follows the variable's declared type.
import { Button, Input, makeStyles, Select, tokens } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons";
import type { Comparison } from "../../api/types";
import { FieldFrame } from "../../forms/fields";
import { operatorNames, operatorsOf, type TestRow, type VariableRow } from "./streamValues";

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, alignItems: "center" },
  part: { flexGrow: 1, flexShrink: 1, flexBasis: "150px", minWidth: 0, "& select": { minWidth: 0 } },
});

/** Stands for "the visitor" among the variables: no variable can be named so, names are not blank. */
const visitor = "";

export interface TestFieldsProps {
  test: TestRow;
  path: string;
  /** For screen readers: "test 1 of rule 2". */
  name: string;
  variables: VariableRow[];
  error: string | undefined;
  onChange: (test: TestRow) => void;
  onRemove: () => void;
}

export function TestFields({ test, path, name, variables, error, onChange, onRemove }: TestFieldsProps) {
  const styles = useStyles();
  const declared = variables.filter((variable) => variable.name.trim() !== "");
  const type = declared.find((variable) => variable.name.trim() === test.variable)?.type;
  // A variable that is no longer declared stays visible, so that the test can be mended.
  const undeclared = test.variable !== null && type === undefined ? test.variable : null;

  const pick = (variable: string) => {
    if (variable === visitor) return onChange({ ...test, variable: null });
    const next = declared.find((other) => other.name.trim() === variable)?.type ?? "text";
    const operator = operatorsOf[next].includes(test.operator) ? test.operator : "equals";
    onChange({ ...test, variable, operator, value: next === "boolean" ? "true" : next === type ? test.value : "" });
  };

  return (
    <li>
      <FieldFrame name={path} label={name} hideLabel error={error ?? (undeclared === null ? undefined : `“${undeclared}” is not declared above.`)}>
        {() => (
          <div className={styles.row}>
            <Select
              className={styles.part}
              aria-label={`What ${name} looks at`}
              value={test.variable ?? visitor}
              onChange={(_, { value }) => pick(value)}
            >
              <option value={visitor}>The visitor</option>
              {declared.map((variable) => (
                <option key={variable.key} value={variable.name.trim()}>
                  {variable.name.trim()}
                </option>
              ))}
              {undeclared !== null && <option value={undeclared}>{undeclared} (not declared)</option>}
            </Select>
            {test.variable === null ? (
              <Select
                className={styles.part}
                aria-label={`Answer of ${name}`}
                value={test.authenticated ? "yes" : "no"}
                onChange={(_, { value }) => onChange({ ...test, authenticated: value === "yes" })}
              >
                <option value="yes">is authenticated</option>
                <option value="no">is not authenticated</option>
              </Select>
            ) : (
              <>
                <Select
                  className={styles.part}
                  aria-label={`Comparison of ${name}`}
                  value={test.operator}
                  onChange={(_, { value }) => onChange({ ...test, operator: value as Comparison })}
                >
                  {operatorsOf[type ?? "text"].map((operator) => (
                    <option key={operator} value={operator}>
                      {operatorNames[operator]}
                    </option>
                  ))}
                </Select>
                {test.operator !== "isSet" &&
                  (type === "boolean" ? (
                    <Select
                      className={styles.part}
                      aria-label={`Value of ${name}`}
                      value={test.value}
                      onChange={(_, { value }) => onChange({ ...test, value })}
                    >
                      <option value="true">true</option>
                      <option value="false">false</option>
                    </Select>
                  ) : (
                    <Input
                      className={styles.part}
                      aria-label={`Value of ${name}`}
                      value={test.value}
                      maxLength={4000}
                      {...(type === "number" ? { inputMode: "decimal" as const } : {})}
                      onChange={(_, { value }) => onChange({ ...test, value })}
                    />
                  ))}
              </>
            )}
            <Button appearance="subtle" icon={<DismissRegular />} aria-label={`Remove ${name}`} onClick={onRemove} />
          </div>
        )}
      </FieldFrame>
    </li>
  );
}
