// Two people changed the same fields of one record: both versions side by side, to choose from. Nothing is saved before.
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  mergeClasses,
  Radio,
  RadioGroup,
  tokens,
} from "@fluentui/react-components";
import { useState } from "react";
import type { Conflict } from "./useForm";

/** What a form's values are called, and how one is told where text, numbers and yes or no do not say it. */
export type Words<Values> = { [Name in keyof Values]: string | readonly [label: string, show: (value: Values[Name]) => string] };

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
  field: { alignItems: "stretch", minWidth: 0 },
  name: { fontWeight: tokens.fontWeightSemibold, padding: 0 },
  sides: {
    display: "grid",
    gridTemplateColumns: "1fr 1fr",
    gap: tokens.spacingHorizontalM,
    "@media (max-width: 519px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  side: {
    minWidth: 0,
    padding: tokens.spacingHorizontalS,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  chosen: { border: `1px solid ${tokens.colorBrandStroke1}`, backgroundColor: tokens.colorBrandBackground2 },
  value: { whiteSpace: "pre-wrap", overflowWrap: "anywhere", maxHeight: "30vh", overflowY: "auto", paddingInline: tokens.spacingHorizontalS },
  none: { color: tokens.colorNeutralForeground3 },
});

export interface MergeDialogProps<Values> {
  conflict: Conflict<Values>;
  words: Words<Values>;
}

export function MergeDialog<Values extends object>({ conflict, words }: MergeDialogProps<Values>) {
  const styles = useStyles();
  const { names, mine, theirs } = conflict;
  const [theirsChosen, setTheirsChosen] = useState<readonly string[]>([]);
  const [undecided, setUndecided] = useState<readonly string[]>(names);

  const choose = (name: string, side: string) => {
    setUndecided((before) => before.filter((other) => other !== name));
    setTheirsChosen((before) => [...before.filter((other) => other !== name), ...(side === "theirs" ? [name] : [])]);
  };
  const save = () =>
    conflict.choose(
      Object.fromEntries(names.map((name) => [name, (theirsChosen.includes(name) ? theirs : mine)[name]])) as Partial<Values>,
    );

  return (
    <Dialog open modalType="alert" onOpenChange={(_, { open }) => open || conflict.cancel()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Somebody else changed this too</DialogTitle>
          <DialogContent className={styles.content}>
            <p>While this page was open, another person saved the same record. Choose what is kept.</p>
            {names.map((name) => (
              <RadioGroup
                key={name}
                className={styles.field}
                aria-label={labelOf(words, name)}
                value={undecided.includes(name) ? "" : theirsChosen.includes(name) ? "theirs" : "mine"}
                onChange={(_, { value }) => choose(name, value)}
              >
                <div className={styles.name}>{labelOf(words, name)}</div>
                <div className={styles.sides}>
                  {(["mine", "theirs"] as const).map((side) => {
                    const shown = shownOf(words, name, conflict[side]);
                    const isChosen = !undecided.includes(name) && theirsChosen.includes(name) === (side === "theirs");
                    return (
                      <div key={side} className={mergeClasses(styles.side, isChosen && styles.chosen)}>
                        <Radio value={side} label={side === "mine" ? "Yours" : "Theirs"} />
                        <div className={mergeClasses(styles.value, shown === "" && styles.none)} dir="auto">
                          {shown === "" ? "Empty" : shown}
                        </div>
                      </div>
                    );
                  })}
                </div>
              </RadioGroup>
            ))}
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" disabledFocusable={undecided.length > 0} onClick={undecided.length > 0 ? undefined : save}>
              Save
            </Button>
            <Button onClick={conflict.cancel}>Back to the form</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** What a value is called. */
export function labelOf<Values>(words: Words<Values>, name: keyof Values): string {
  const word = words[name];
  return typeof word === "string" ? word : word[0];
}

function shownOf<Values>(words: Words<Values>, name: keyof Values, values: Values): string {
  const word = words[name];
  const value = values[name];
  if (typeof word !== "string") return word[1](value);
  if (typeof value === "boolean") return value ? "Yes" : "No";
  return Array.isArray(value) ? value.join("\n") : String(value);
}
