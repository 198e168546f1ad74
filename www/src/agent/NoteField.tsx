// The field for a note that comes with what an agent does to a conversation.
import { Field, Textarea } from "@fluentui/react-components";
import { codedFault } from "../shell/coded";

export interface NoteFieldProps {
  note: string;
  fault: string | undefined;
  onChange: (note: string) => void;
}

export function NoteField({ note, fault, onChange }: NoteFieldProps) {
  return (
    <Field
      label="Note, only for colleagues"
      validationState={fault === undefined ? "none" : "error"}
      validationMessage={codedFault(fault)}
    >
      <Textarea dir="auto" rows={3} resize="vertical" maxLength={4000} value={note} onChange={(_, { value }) => onChange(value)} />
    </Field>
  );
}
