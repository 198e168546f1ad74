// Hands a conversation over: to a queue, or to a colleague, who is asked. With a note for whoever goes on with it.
import { Button, Field, Select } from "@fluentui/react-components";
import { ArrowForwardRegular } from "@fluentui/react-icons";
import { useState } from "react";
import type { CameFrom, ConversationSummary } from "../../api/types";
import { useOperator } from "../../session/session";
import { ActDialog } from "../../shell/ActDialog";
import { codedFault } from "../../shell/coded";
import { ProblemBar } from "../../shell/ProblemBar";
import { useActNote } from "../actNote";
import { handBack, handOver } from "../handOverApi";
import { NoteField } from "../NoteField";
import { useShortcut } from "../shortcuts/useShortcut";
import { useActDialog } from "../useActDialog";
import { ColleagueOptions } from "./ColleagueOptions";
import { queueText } from "./targets";
import { useColleagues } from "./useColleagues";

export interface HandOverDialogProps {
  summary: ConversationSummary;
  /** Something changed, or what was known of it was wrong. */
  onChanged: () => void;
}

export function HandOverDialog({ summary, onChanged }: HandOverDialogProps) {
  const me = useOperator();
  const { id } = summary;
  const from = summary.cameFrom?.agent.id === me.id ? null : (summary.cameFrom ?? null);
  const [to, setTo] = useState("");
  const { note, write, take, done, giveBack } = useActNote("hand-over", id);
  const { isOpen, wasMissing, error, faultOf, open, dialog } = useActDialog({
    act: () => {
      const said = take();
      if (to === back) return handBack(id, said);
      const [kind, target] = to.split(" ");
      return handOver(id, { [kind === "queue" ? "queue" : "agent"]: target, ...(said === undefined ? {} : { note: said }) });
    },
    fields: ["agent", "queue", "note"],
    isMissing: () => to === "",
    onDone: () => {
      setTo("");
      done();
      onChanged();
    },
    onRefused: () => {
      giveBack();
      onChanged();
      void colleagues.refetch();
    },
  });
  const colleagues = useColleagues(id, isOpen);
  useShortcut("h", open);
  const targetFault = wasMissing ? "Choose who goes on with it." : faultOf("agent", "queue");

  return (
    <ActDialog
      opener={<Button icon={<ArrowForwardRegular />}>Hand over</Button>}
      {...dialog}
      title="Hand this conversation over"
      words={{ leave: "Keep it", act: "Hand over", acting: "Handing over…" }}
    >
      {error && <ProblemBar error={error} title="Not handed over" />}
      {colleagues.error && <ProblemBar error={colleagues.error} title="The colleagues could not be read" />}
      <Field
        label="To"
        required
        hint={hintFor(to, from)}
        validationState={targetFault === undefined ? "none" : "error"}
        validationMessage={codedFault(targetFault)}
      >
        <Select value={to} disabled={!colleagues.data} onChange={(_, { value }) => setTo(value)}>
          <option value="">{colleagues.data ? "Choose a colleague or a queue" : "Reading who is here…"}</option>
          {from && <option value={back}>{`Back to ${from.agent.name}`}</option>}
          <optgroup label="Colleagues">
            <ColleagueOptions agents={colleagues.data?.agents} prefix="agent " alsoAway />
          </optgroup>
          <optgroup label="Queues">
            {colleagues.data?.queues.map((queue) => (
              <option key={queue.id} value={`queue ${queue.id}`}>
                {queueText(queue, queue.id === summary.queue.id)}
              </option>
            ))}
          </optgroup>
        </Select>
      </Field>
      <NoteField note={note} fault={faultOf("note")} onChange={write} />
    </ActDialog>
  );
}

const back = "back";

function hintFor(to: string, from: CameFrom | null): string {
  if (to === back) {
    return `${from?.agent.name} is asked. If they are not here, or do not serve this queue, it waits in ${from?.queue.name}.`;
  }
  if (to.startsWith("queue ")) return "It waits there, before the others of its priority. You do not have it any more.";
  return "A colleague is asked first. It stays with you until they accept; after 2 minutes nobody is asked any more.";
}
