// A supervisor gives a conversation to an agent who is here and serves its queue.
import { Button, Field, Select } from "@fluentui/react-components";
import { PersonArrowRightRegular } from "@fluentui/react-icons";
import { useState } from "react";
import type { ConversationSummary } from "../../api/types";
import { ActDialog } from "../../shell/ActDialog";
import { codedFault } from "../../shell/coded";
import { ProblemBar } from "../../shell/ProblemBar";
import { assign } from "../handOverApi";
import { useActDialog } from "../useActDialog";
import { ColleagueOptions } from "./ColleagueOptions";
import { useColleagues } from "./useColleagues";

export function AssignDialog({ summary, onChanged }: { summary: ConversationSummary; onChanged: () => void }) {
  const { id, state, agent } = summary;
  const [to, setTo] = useState("");
  const { isOpen, wasMissing, error, faultOf, dialog } = useActDialog({
    act: () => assign(id, state === "active" && agent ? { to, from: agent.id } : { to }),
    fields: ["to"],
    isMissing: () => to === "",
    onDone: () => {
      setTo("");
      onChanged();
    },
    onRefused: () => {
      onChanged();
      void colleagues.refetch();
    },
  });
  const colleagues = useColleagues(id, isOpen);
  const fault = wasMissing ? "Choose an agent." : faultOf("to");

  return (
    <ActDialog
      opener={<Button icon={<PersonArrowRightRegular />}>Assign</Button>}
      {...dialog}
      title="Assign this conversation"
      words={{ leave: "Cancel", act: "Assign to them", acting: "Assigning…" }}
    >
      {error && <ProblemBar error={error} title="Not assigned" />}
      {colleagues.error && <ProblemBar error={colleagues.error} title="The agents could not be read" />}
      <Field
        label="To"
        required
        hint="They have it at once, without being asked."
        validationState={fault === undefined ? "none" : "error"}
        validationMessage={codedFault(fault)}
      >
        <Select value={to} disabled={!colleagues.data} onChange={(_, { value }) => setTo(value)}>
          <option value="">{colleagues.data ? "Choose an agent" : "Reading who is here…"}</option>
          <ColleagueOptions agents={colleagues.data?.agents.filter(({ id }) => state !== "active" || id !== agent?.id)} />
        </Select>
      </Field>
    </ActDialog>
  );
}
