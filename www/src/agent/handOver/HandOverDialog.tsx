// Hands a conversation over: to a queue, or to a colleague, who is asked. With a note for whoever goes on with it.
import { Button, Field, Select } from "@fluentui/react-components";
import { ArrowForwardRegular } from "@fluentui/react-icons";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "../../api/problem";
import type { CameFrom, ConversationSummary } from "../../api/types";
import { useOperator } from "../../session/session";
import { ProblemBar } from "../../shell/ProblemBar";
import { ActDialog } from "../ActDialog";
import { handBack, handOver } from "../handOverApi";
import { NoteField } from "../NoteField";
import { useShortcut } from "../shortcuts/useShortcut";
import { colleagueText, queueText } from "./targets";
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
  const [isOpen, setOpen] = useState(false);
  const [to, setTo] = useState("");
  const [note, setNote] = useState("");
  const [isMissing, setMissing] = useState(false);
  const colleagues = useColleagues(id, isOpen);
  const sending = useMutation({
    mutationFn: () => {
      const said = note.trim() === "" ? undefined : note.trim();
      if (to === back) return handBack(id, said);
      const [kind, target] = to.split(" ");
      return handOver(id, { [kind === "queue" ? "queue" : "agent"]: target, ...(said === undefined ? {} : { note: said }) });
    },
    onSuccess: () => {
      setOpen(false);
      setTo("");
      setNote("");
      onChanged();
    },
    onError: () => {
      onChanged();
      void colleagues.refetch();
    },
  });
  useShortcut("h", () => setOpen(true));
  const faults = sending.error ? asProblem(sending.error).fields : [];
  const faultOf = (...names: string[]) => faults.find(({ name }) => names.includes(name))?.message;
  const send = () => {
    setMissing(to === "");
    if (to !== "") sending.mutate();
  };
  const targetFault = isMissing ? "Choose who goes on with it." : faultOf("agent", "queue");

  return (
    <ActDialog
      opener={<Button icon={<ArrowForwardRegular />}>Hand over</Button>}
      isOpen={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        setMissing(false);
        sending.reset();
      }}
      title="Hand this conversation over"
      words={{ leave: "Keep it", act: "Hand over", acting: "Handing over…" }}
      isActing={sending.isPending}
      onAct={send}
    >
      {sending.error && faults.length === 0 && <ProblemBar error={sending.error} title="Not handed over" />}
      {colleagues.error && <ProblemBar error={colleagues.error} title="The colleagues could not be read" />}
      <Field
        label="To"
        required
        hint={hintFor(to, from)}
        validationState={targetFault === undefined ? "none" : "error"}
        validationMessage={targetFault}
      >
        <Select value={to} disabled={!colleagues.data} onChange={(_, { value }) => setTo(value)}>
          <option value="">{colleagues.data ? "Choose a colleague or a queue" : "Reading who is here…"}</option>
          {from && <option value={back}>{`Back to ${from.agent.name}`}</option>}
          <optgroup label="Colleagues">
            {colleagues.data?.agents.map((colleague) => (
              <option key={colleague.id} value={`agent ${colleague.id}`} disabled={!colleague.isHere}>
                {colleagueText(colleague)}
              </option>
            ))}
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
      <NoteField note={note} fault={faultOf("note")} onChange={setNote} />
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
