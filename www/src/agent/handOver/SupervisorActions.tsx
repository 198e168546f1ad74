// What a supervisor may do with a conversation that is not theirs: join, leave, take over, assign.
import { Button, Spinner } from "@fluentui/react-components";
import { PersonAddRegular, PersonDeleteRegular, PersonSwapRegular } from "@fluentui/react-icons";
import { useMutation } from "@tanstack/react-query";
import type { ConversationSummary } from "../../api/types";
import { useOperator } from "../../session/session";
import { ProblemDialog } from "../../shell/ProblemDialog";
import { join, leave, takeOver } from "../handOverApi";
import { AssignDialog } from "./AssignDialog";

export interface SupervisorActionsProps {
  summary: ConversationSummary;
  /** Something changed, or what was known of it was wrong. */
  onChanged: () => void;
  /** They write in it from now on. */
  onWriting: () => void;
}

export function SupervisorActions({ summary, onChanged, onWriting }: SupervisorActionsProps) {
  const me = useOperator();
  const { id, state, agent, joined } = summary;
  const hasJoined = joined.some((other) => other.id === me.id);
  const options = { onSettled: onChanged };
  const joining = useMutation({ mutationFn: () => join(id), onSuccess: onWriting, ...options });
  const leaving = useMutation({ mutationFn: () => leave(id), ...options });
  const taking = useMutation({ mutationFn: (from: string) => takeOver(id, from), onSuccess: onWriting, ...options });
  const isPending = joining.isPending || leaving.isPending || taking.isPending;

  return (
    <>
      {state === "active" && agent && (
        <>
          <Button
            icon={isPending ? <Spinner size="tiny" /> : hasJoined ? <PersonDeleteRegular /> : <PersonAddRegular />}
            disabledFocusable={isPending}
            onClick={() => isPending || (hasJoined ? leaving : joining).mutate()}
          >
            {hasJoined ? "Leave" : "Join"}
          </Button>
          <Button icon={<PersonSwapRegular />} disabledFocusable={isPending} onClick={() => isPending || taking.mutate(agent.id)}>
            Take over
          </Button>
        </>
      )}
      {state !== "closed" && <AssignDialog summary={summary} onChanged={onChanged} />}
      <ProblemDialog title="Not joined" error={joining.error} onClose={joining.reset} />
      <ProblemDialog title="Not left" error={leaving.error} onClose={leaving.reset} />
      <ProblemDialog title="Not taken over" error={taking.error} onClose={taking.reset} />
    </>
  );
}
