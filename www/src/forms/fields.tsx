// The fields a form is made of: label, mark when required, hint, and what is wrong, tied together for screen readers.
// Each names its path in the request, so that what the server says about it finds its place.
import { Field, type FieldProps, Input, type InputProps, makeStyles, mergeClasses, Select, Textarea, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { codedFault } from "../shell/coded";
import { useIsLocked } from "./FormFrame";
import type { Form } from "./useForm";

const useStyles = makeStyles({
  mono: { "& input, & textarea": { fontFamily: "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" } },
  hidden: {
    position: "absolute",
    width: "1px",
    height: "1px",
    overflow: "hidden",
    clipPath: "inset(50%)",
    whiteSpace: "nowrap",
  },
  short: { maxWidth: "220px" },
  // Never wider than its place, however long an option of a select is.
  narrow: { gridTemplateColumns: "minmax(0, 1fr)" },
  // Drawn, not written: the label's text stays the field's name, and `aria-required` tells screen readers.
  required: {
    "::after": {
      content: '" *" / ""',
      color: tokens.colorPaletteRedForeground3,
    },
  },
});

interface Common {
  /** The field's path in the request. */
  name: string;
  label: string;
  /** For a field whose place says what it is: the label is there for screen readers only. */
  hideLabel?: boolean;
  hint?: ReactNode;
  required?: boolean;
  error?: string | undefined;
}

/** The frame of a field of any kind. */
export function FieldFrame({
  name,
  label,
  hideLabel = false,
  required = false,
  error,
  hint,
  children,
  className: place,
  ...rest
}: Common & { children: FieldProps["children"]; className?: string; orientation?: FieldProps["orientation"] }) {
  const styles = useStyles();
  const className = hideLabel ? styles.hidden : required ? styles.required : "";
  return (
    <Field
      {...rest}
      className={mergeClasses(rest.orientation !== "horizontal" && styles.narrow, place)}
      required={required}
      label={{ children: label, required: false, className }}
      data-field={name}
      data-invalid={error === undefined ? undefined : ""}
      validationState={error === undefined ? "none" : "error"}
      validationMessage={codedFault(error)}
      hint={hint as FieldProps["hint"]}
    >
      {children}
    </Field>
  );
}

export interface TextFieldProps extends Common {
  value: string;
  onChange: (value: string) => void;
  type?: InputProps["type"];
  autoComplete?: string;
  maxLength?: number;
  placeholder?: string;
  disabled?: boolean;
  readOnly?: boolean;
  /** Fixed-width letters, no spell check: for names that a program reads. */
  code?: boolean;
  short?: boolean;
  /** As many rows when given; a single line when absent. */
  rows?: number;
  autoFocus?: boolean;
  inputMode?: "numeric" | "url" | "email" | "tel";
  contentAfter?: ReactNode;
}

export function TextField(props: TextFieldProps) {
  const { name, label, hint, required = false, error, value, onChange, code, short, rows, contentAfter, ...control } = props;
  const styles = useStyles();
  const isLocked = useIsLocked();
  const plain = code ? { spellCheck: false, autoCapitalize: "off", autoCorrect: "off" } : {};
  const className = [code && styles.mono, short && styles.short].filter(Boolean).join(" ");
  const { type, ...rest } = control;
  const area = { ...rest, readOnly: isLocked || control.readOnly };
  return (
    <FieldFrame name={name} label={label} hint={hint} required={required} error={error} className={className}>
      {rows === undefined ? (
        <Input
          {...area}
          {...(type ? { type } : {})}
          {...(control.readOnly ? { appearance: "filled-darker" as const } : {})}
          {...plain}
          dir={code ? "ltr" : "auto"}
          value={value}
          contentAfter={contentAfter as InputProps["contentAfter"]}
          onChange={(_, data) => onChange(data.value)}
        />
      ) : (
        <Textarea
          {...area}
          {...plain}
          dir={code ? "ltr" : "auto"}
          rows={rows}
          resize="vertical"
          value={value}
          onChange={(_, data) => onChange(data.value)}
        />
      )}
    </FieldFrame>
  );
}

export interface SelectFieldProps extends Common {
  value: string;
  onChange: (value: string) => void;
  disabled?: boolean;
  children: ReactNode;
}

export function SelectField({ name, label, hint, required = false, error, value, onChange, ...rest }: SelectFieldProps) {
  return (
    <FieldFrame name={name} label={label} hint={hint} required={required} error={error}>
      <Select {...rest} value={value} onChange={(_, data) => onChange(data.value)} />
    </FieldFrame>
  );
}

/** Whether a field for a number of seconds can be sent. How many are allowed, the server says. */
export function isWholeSeconds(text: string): boolean {
  return /^\s*\d{1,9}\s*$/.test(text);
}

/** The keys of a form's values that hold text. */
type TextKeys<Values> = { [Key in keyof Values]: Values[Key] extends string ? Key : never }[keyof Values] & string;

/** What ties a text field to a form. */
export function bound<Values extends object, Key extends TextKeys<Values>>(form: Form<Values>, key: Key) {
  return {
    name: key,
    value: form.values[key] as string,
    onChange: (value: string) => form.set(key, value as Values[Key]),
    error: form.errorAt(key),
  };
}
