// The frame of a form: problem on top, fields, and a bar with save and cancel that stays in sight.
import { Button, makeStyles, MessageBar, MessageBarBody, Spinner, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { LinkButton } from "../shell/RouterLink";
import { ProblemBar } from "../shell/ProblemBar";
import { FormFrame } from "./FormFrame";
import { LeaveGuard } from "./LeaveGuard";
import { labelOf, MergeDialog, type Words } from "./MergeDialog";
import type { Form } from "./useForm";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL, minWidth: 0 },
  bar: {
    position: "sticky",
    bottom: 0,
    zIndex: 2,
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    marginInline: `calc(-1 * ${tokens.spacingHorizontalS})`,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalS}`,
    backgroundColor: tokens.colorNeutralBackground2,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  end: { marginInlineStart: "auto" },
});

export interface ResourceFormProps<Values> {
  form: Form<Values>;
  /** What the button says: "Save", "Add operator". */
  submitLabel?: string;
  /** Where *Cancel* leads. */
  backTo: string;
  /** What could not be done, when it could not. */
  failureTitle: string;
  /** For a record that others may change too: what its values are called. */
  words?: Words<Values>;
  /** At the end of the bar: *Delete*. */
  end?: ReactNode;
  children: ReactNode;
}

export function ResourceForm<Values extends object>(props: ResourceFormProps<Values>) {
  const { form, submitLabel = "Save", backTo, failureTitle, words, end, children } = props;
  const styles = useStyles();
  return (
    <FormFrame form={form} className={styles.form}>
      <LeaveGuard isDirty={form.isDirty && !form.isSaving} />
      {form.problem && (
        <ProblemBar
          error={form.problem}
          stray={form.stray}
          title={failureTitle}
          areFieldsMarked={form.problem.fields.length > 0 && form.stray.length === 0}
        />
      )}
      {words && form.conflict && <MergeDialog conflict={form.conflict} words={words} />}
      {words && form.taken.length > 0 && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            {form.isTakenSaved
              ? "Saved. Somebody else had changed this record meanwhile; their changes are kept: "
              : "Not saved yet. Somebody else changed this record meanwhile; their changes are in the form now: "}
            {form.taken.map((name) => labelOf(words, name)).join(", ")}.
          </MessageBarBody>
        </MessageBar>
      )}
      {children}
      <div className={styles.bar}>
        <Button
          type="submit"
          appearance="primary"
          disabledFocusable={form.isSaving}
          {...(form.isSaving ? { icon: <Spinner size="tiny" /> } : {})}
        >
          {form.isSaving ? "Saving…" : submitLabel}
        </Button>
        <LinkButton to={backTo}>Cancel</LinkButton>
        {end && <div className={styles.end}>{end}</div>}
      </div>
    </FormFrame>
  );
}
