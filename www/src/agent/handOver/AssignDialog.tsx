// A supervisor gives a conversation to an agent who is here and serves its queue.
import { Button, Field, Select } from "@fluentui/react-components";
import { PersonArrowRightRegular } from "@fluentui/react-icons";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "../../api/problem";
import type { ConversationSummary } from "../../api/types";
import { ProblemBar } from "../../shell/ProblemBar";
import { ActDialog } from "../ActDialog";
import { assign } from "../handOverApi";
import { colleagueText } from "./targets";
import { useColleagues } from "./useColleagues";

export function AssignDialog({ summary, onChanged }: { summary: ConversationSummary; onChanged: () => void }) {
  const { id, state, agent } = summary;
  const [isOpen, setOpen] = useState(false);
  const [to, setTo] = useState("");
  const [isMissing, setMissing] = useState(false);
  const colleagues = useColleagues(id, isOpen);
  const sending = useMutation({
    mutationFn: () => assign(id, state === "active" && agent ? { to, from: agent.id } : { to }),
    onSuccess: () => {
      setOpen(false);
      setTo("");
      onChanged();
    },
    onError: () => {
      onChanged();
      void colleagues.refetch();
    },
  });
  const faults = sending.error ? asProblem(sending.error).fields : [];
  const send = () => {
    setMissing(to === "");
    if (to !== "") sending.mutate();
  };
  const fault = isMissing ? "Choose an agent." : faults[0]?.message;

  return (
    <ActDialog
      opener={<Button icon={<PersonArrowRightRegular />}>Assign</Button>}
      isOpen={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        setMissing(false);
        sending.reset();
      }}
      title="Assign this conversation"
      words={{ leave: "Cancel", act: "Assign to them", acting: "Assigning…" }}
      isActing={sending.isPending}
      onAct={send}
    >
      {sending.error && faults.length === 0 && <ProblemBar error={sending.error} title="Not assigned" />}
      {colleagues.error && <ProblemBar error={colleagues.error} title="The agents could not be read" />}
      <Field
        label="To"
        required
        hint="They have it at once, without being asked."
        validationState={fault === undefined ? "none" : "error"}
        validationMessage={fault}
      >
        <Select value={to} disabled={!colleagues.data} onChange={(_, { value }) => setTo(value)}>
          <option value="">{colleagues.data ? "Choose an agent" : "Reading who is here…"}</option>
          {colleagues.data?.agents
            .filter((colleague) => state !== "active" || colleague.id !== agent?.id)
            .map((colleague) => (
              <option key={colleague.id} value={colleague.id} disabled={!colleague.isHere}>
                {colleagueText(colleague)}
              </option>
            ))}
        </Select>
      </Field>
    </ActDialog>
  );
}
