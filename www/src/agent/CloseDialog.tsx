// Closes a conversation after a question. Where the work stream has closing reasons, one can be chosen, or must be, with a
// note for colleagues; also afterwards, when the visitor ended it first.
import { Button, Field, Select } from "@fluentui/react-components";
import { DismissCircleRegular, TagRegular } from "@fluentui/react-icons";
import { useState } from "react";
import type { CloseConversation, Closing } from "../api/types";
import { ActDialog } from "../shell/ActDialog";
import { codedFault } from "../shell/coded";
import { ProblemBar } from "../shell/ProblemBar";
import { useActNote } from "./actNote";
import { closeWith } from "./deskApi";
import { NoteField } from "./NoteField";
import { useActDialog } from "./useActDialog";

export interface CloseDialogProps {
  id: string;
  closing: Closing;
  /** It is over already: only the reason and the note are missing. */
  isOver?: boolean;
  /** Something changed, or what was known of it was wrong. */
  onChanged: () => void;
}

export function CloseDialog({ id, closing, isOver = false, onChanged }: CloseDialogProps) {
  const [reason, setReason] = useState("");
  const { note, write, take, done, giveBack } = useActNote("close", id);
  const hasReasons = closing.reasons.length > 0;
  // The one that was chosen may be gone meanwhile.
  const chosen = closing.reasons.includes(reason) ? reason : "";
  // A note that was begun is said, and sent, also when there are no reasons any more.
  const [takesNote, setTakesNote] = useState(hasReasons || note !== "");
  if (hasReasons && !takesNote) setTakesNote(true);
  const { wasMissing, error, faultOf, dialog } = useActDialog({
    act: () => {
      const body: CloseConversation = {};
      if (chosen !== "") body.reason = chosen;
      const said = take();
      if (said !== undefined) body.note = said;
      return closeWith(id, body);
    },
    fields: [...(hasReasons ? ["reason"] : []), ...(takesNote ? ["note"] : [])],
    isMissing: () => hasReasons && chosen === "" && (closing.required || isOver),
    onDone: () => {
      setReason("");
      done();
      onChanged();
    },
    // The reasons may have been changed meanwhile.
    onRefused: () => {
      giveBack();
      onChanged();
    },
  });
  const reasonFault = wasMissing ? "Choose why the conversation ended." : faultOf("reason");

  return (
    <ActDialog
      opener={isOver ? <Button icon={<TagRegular />}>Add a reason</Button> : <Button icon={<DismissCircleRegular />}>Close</Button>}
      {...dialog}
      title={isOver ? "Why did it end?" : "Close this conversation?"}
      words={
        isOver
          ? { leave: "Cancel", act: "Save", acting: "Saving…" }
          : { leave: "Keep it open", act: "Close conversation", acting: "Closing…" }
      }
    >
      {error && <ProblemBar error={error} title={isOver ? "Not saved" : "Not closed"} />}
      {!isOver && <span>The visitor sees that it is over. It can still be read, but not continued.</span>}
      {hasReasons && (
        <Field
          label="Reason"
          required={closing.required}
          validationState={reasonFault === undefined ? "none" : "error"}
          validationMessage={codedFault(reasonFault)}
        >
          <Select value={chosen} onChange={(_, { value }) => setReason(value)}>
            <option value="">{closing.required ? "Choose a reason" : "None"}</option>
            {closing.reasons.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {takesNote && <NoteField note={note} fault={faultOf("note")} onChange={write} />}
    </ActDialog>
  );
}
