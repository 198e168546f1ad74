// One routing rule: when it matches, and where a match goes.
import { Button, Input, makeStyles, MessageBar, MessageBarBody, Select, Text, Tooltip, tokens } from "@fluentui/react-components";
import { AddRegular, ArrowDownRegular, ArrowUpRegular, DeleteRegular } from "@fluentui/react-icons";
import type { Queue } from "../../api/types";
import { FieldFrame } from "../../forms/fields";
import { newTest, type RuleRow, testPath, type VariableRow } from "./streamValues";
import { TestFields } from "./TestFields";

const useStyles = makeStyles({
  card: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  head: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS },
  number: {
    display: "grid",
    placeItems: "center",
    flexShrink: 0,
    width: "28px",
    height: "28px",
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    fontWeight: tokens.fontWeightSemibold,
  },
  name: { flexGrow: 1, minWidth: 0 },
  match: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
  tests: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS, listStyleType: "none", margin: 0, padding: 0 },
  target: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) 140px",
    gap: tokens.spacingHorizontalM,
    alignItems: "start",
    "@media (max-width: 519px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  narrow: { minWidth: 0, width: "100%" },
  add: { alignSelf: "flex-start" },
});

export interface RuleCardProps {
  rule: RuleRow;
  index: number;
  count: number;
  variables: VariableRow[];
  queues: Queue[];
  errorAt: (path: string) => string | undefined;
  /** What is odd about the rule, although it is allowed. */
  warning: string | undefined;
  onChange: (part: Partial<RuleRow>, path: string) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

export function RuleCard({ rule, index, count, variables, queues, errorAt, warning, onChange, onMove, onRemove }: RuleCardProps) {
  const styles = useStyles();
  const path = `rules[${index}]`;
  const when = `${path}.when`;
  const called = rule.name || `rule ${index + 1}`;

  return (
    <div className={styles.card} role="group" aria-label={`Rule ${index + 1}`}>
      <div className={styles.head}>
        <span className={styles.number} aria-hidden>
          {index + 1}
        </span>
        <FieldFrame name={`${path}.name`} label={`Name of rule ${index + 1}`} hideLabel error={errorAt(`${path}.name`)} className={styles.name}>
          <Input
            className={styles.narrow}
            value={rule.name}
            placeholder="Name (optional)"
            maxLength={100}
            onChange={(_, { value }) => onChange({ name: value }, `${path}.name`)}
          />
        </FieldFrame>
        <Tooltip content={`Move ${called} up`} relationship="label">
          <Button appearance="subtle" icon={<ArrowUpRegular />} disabledFocusable={index === 0} onClick={() => index > 0 && onMove(index - 1)} />
        </Tooltip>
        <Tooltip content={`Move ${called} down`} relationship="label">
          <Button
            appearance="subtle"
            icon={<ArrowDownRegular />}
            disabledFocusable={index === count - 1}
            onClick={() => index < count - 1 && onMove(index + 1)}
          />
        </Tooltip>
        <Tooltip content={`Remove ${called}`} relationship="label">
          <Button appearance="subtle" icon={<DeleteRegular />} onClick={onRemove} />
        </Tooltip>
      </div>

      {warning && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{warning}</MessageBarBody>
        </MessageBar>
      )}

      <div className={styles.match}>
        <Text>When</Text>
        <Select
          aria-label={`How the tests of rule ${index + 1} combine`}
          value={rule.match}
          onChange={(_, { value }) => onChange({ match: value === "any" ? "any" : "all" }, when)}
        >
          <option value="all">all of these hold</option>
          <option value="any">any of these holds</option>
        </Select>
        {rule.tests.length === 0 && (
          <Text>{rule.match === "all" ? "No test: it matches every chat." : "No test: it never matches."}</Text>
        )}
      </div>
      <ul className={styles.tests} data-field={when} data-invalid={errorAt(when) === undefined ? undefined : ""}>
        {rule.tests.map((test, at) => (
          <TestFields
            key={test.key}
            test={test}
            path={testPath(index, rule.match, at)}
            name={`test ${at + 1} of rule ${index + 1}`}
            variables={variables}
            error={errorAt(testPath(index, rule.match, at))}
            onChange={(next) =>
              onChange(
                { tests: rule.tests.map((other, place) => (place === at ? next : other)) },
                testPath(index, rule.match, at),
              )
            }
            onRemove={() => onChange({ tests: rule.tests.filter((other) => other !== test) }, when)}
          />
        ))}
      </ul>
      {errorAt(when) && <Text role="alert">{errorAt(when)}</Text>}
      <Button
        className={styles.add}
        size="small"
        icon={<AddRegular />}
        disabled={rule.tests.length >= 20}
        onClick={() => onChange({ tests: [...rule.tests, newTest()] }, when)}
      >
        Add test
      </Button>

      <div className={styles.target}>
        <FieldFrame name={`${path}.queue`} label="Goes to queue" error={errorAt(`${path}.queue`)} required>
          <Select value={rule.queue} onChange={(_, { value }) => onChange({ queue: value }, `${path}.queue`)}>
            <option value="" disabled>
              Pick a queue
            </option>
            {queues.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </FieldFrame>
        <FieldFrame name={`${path}.priority`} label="Priority" error={errorAt(`${path}.priority`)} hint="Higher first.">
          <Input
            className={styles.narrow}
            value={rule.priority}
            inputMode="numeric"
            onChange={(_, { value }) => onChange({ priority: value }, `${path}.priority`)}
          />
        </FieldFrame>
      </div>
    </div>
  );
}
