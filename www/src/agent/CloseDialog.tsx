// Closes a conversation after a question. Where the work stream has closing reasons, one can be chosen, or must be, with a
// note for colleagues; also afterwards, when the visitor ended it first.
import { Button, Field, Select } from "@fluentui/react-components";
import { DismissCircleRegular, TagRegular } from "@fluentui/react-icons";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "../api/problem";
import type { CloseConversation, Closing } from "../api/types";
import { ProblemBar } from "../shell/ProblemBar";
import { ActDialog } from "./ActDialog";
import { closeWith } from "./deskApi";
import { NoteField } from "./NoteField";

export interface CloseDialogProps {
  id: string;
  closing: Closing;
  /** It is over already: only the reason and the note are missing. */
  isOver?: boolean;
  /** Something changed, or what was known of it was wrong. */
  onChanged: () => void;
}

export function CloseDialog({ id, closing, isOver = false, onChanged }: CloseDialogProps) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [note, setNote] = useState("");
  const [isMissing, setMissing] = useState(false);
  const hasReasons = closing.reasons.length > 0;
  const sending = useMutation({
    mutationFn: () => {
      const body: CloseConversation = {};
      if (hasReasons && reason !== "") body.reason = reason;
      if (hasReasons && note.trim() !== "") body.note = note.trim();
      return closeWith(id, body);
    },
    onSuccess: () => {
      setOpen(false);
      setReason("");
      setNote("");
      onChanged();
    },
    // The reasons may have been changed meanwhile.
    onError: onChanged,
  });
  const faults = sending.error ? asProblem(sending.error).fields : [];
  const faultOf = (name: string) => faults.find((fault) => fault.name === name)?.message;
  const send = () => {
    const mustChoose = hasReasons && reason === "" && (closing.required || isOver);
    setMissing(mustChoose);
    if (!mustChoose) sending.mutate();
  };
  const reasonFault = isMissing ? "Choose why the conversation ended." : faultOf("reason");

  return (
    <ActDialog
      opener={isOver ? <Button icon={<TagRegular />}>Add a reason</Button> : <Button icon={<DismissCircleRegular />}>Close</Button>}
      isOpen={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        setMissing(false);
        sending.reset();
      }}
      title={isOver ? "Why did it end?" : "Close this conversation?"}
      words={
        isOver
          ? { leave: "Cancel", act: "Save", acting: "Saving…" }
          : { leave: "Keep it open", act: "Close conversation", acting: "Closing…" }
      }
      isActing={sending.isPending}
      onAct={send}
    >
      {sending.error && faults.length === 0 && <ProblemBar error={sending.error} title={isOver ? "Not saved" : "Not closed"} />}
      {!isOver && <span>The visitor sees that it is over. It can still be read, but not continued.</span>}
      {hasReasons && (
        <>
          <Field
            label="Reason"
            required={closing.required}
            validationState={reasonFault === undefined ? "none" : "error"}
            validationMessage={reasonFault}
          >
            <Select value={reason} onChange={(_, { value }) => setReason(value)}>
              <option value="">{closing.required ? "Choose a reason" : "None"}</option>
              {closing.reasons.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
          <NoteField note={note} fault={faultOf("note")} onChange={setNote} />
        </>
      )}
    </ActDialog>
  );
}
