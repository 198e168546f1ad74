// `/admin/queues/new` and `…/{id}`: a queue and who serves it.
import { Checkbox, makeStyles, MessageBar, MessageBarBody, Radio, RadioGroup, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useNavigate } from "react-router";
import { operators, queues } from "../../api/admin";
import type { Assignment, Operator, Queue } from "../../api/types";
import { useAll } from "../../api/useResource";
import { bound, FieldFrame, isWholeSeconds, TextField } from "../../forms/fields";
import { afterSave } from "../../forms/LeaveGuard";
import type { Words } from "../../forms/MergeDialog";
import { ResourceForm } from "../../forms/ResourceForm";
import { useForm } from "../../forms/useForm";
import { useRecord } from "../../forms/useRecord";
import { PageLoading } from "../../shell/PageLoading";
import { Panel } from "../../shell/Panel";
import { ProblemBar } from "../../shell/ProblemBar";
import { useSaved } from "../../shell/useSaved";
import { DeleteButton } from "../DeleteButton";
import { EditPage } from "../EditPage";

const path = "/admin/queues";

const useStyles = makeStyles({
  people: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(240px, 1fr))",
    paddingInlineStart: tokens.spacingHorizontalXXL,
  },
});

export default function QueuePage() {
  const all = useAll(operators);
  return (
    <EditPage resource={queues} above={{ to: path, name: "Queues" }} newTitle="New queue">
      {(queue) => {
        if (all.isPending) return <PageLoading />;
        if (!all.data) return <ProblemBar error={all.error} />;
        return <QueueForm queue={queue} operators={all.data} />;
      }}
    </EditPage>
  );
}

const valuesOf = (queue: Queue | null) => ({
  name: queue?.name ?? "",
  /** Null for everybody. */
  members: queue?.members ?? null,
  assignment: queue?.assignment ?? ("pick" as Assignment),
  absenceSeconds: String(queue?.absenceSeconds ?? 120),
});

const wordsOf = (operators: Operator[]): Words<ReturnType<typeof valuesOf>> => ({
  name: "Name",
  members: ["Members", (ids) => saidOf(ids, operators)],
  assignment: ["Assignment", (assignment) => (assignment === "push" ? "Push" : "Pick")],
  absenceSeconds: "Absence in seconds",
});

function saidOf(members: string[] | null, operators: Operator[]): string {
  if (members === null) return "Everybody";
  if (members.length === 0) return "Nobody";
  return members.map((id) => operators.find((one) => one.id === id)?.name ?? id).join("\n");
}

function QueueForm({ queue, operators }: { queue: Queue | null; operators: Operator[] }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const saved = useSaved();
  const record = useRecord({ resource: queues, item: queue, valuesOf });
  const form = useForm({
    ...record.options,
    initial: valuesOf(queue),
    required: ({ name, absenceSeconds }) => ({
      ...(name.trim() === "" && { name: "Give the queue a name." }),
      ...(!isWholeSeconds(absenceSeconds) && { absenceSeconds: "Enter whole seconds, 30 to 86400." }),
    }),
    save: async ({ name, members, assignment, absenceSeconds }, version) => {
      const body = { name: name.trim(), members, assignment, absenceSeconds: Number(absenceSeconds) };
      if (queue) return record.change(body, version);
      await record.create(body);
      saved("Created");
      void navigate(path, { replace: true, ...afterSave });
    },
  });
  const { members } = form.values;
  // Whoever was picked before *Everybody* is there again after it.
  const [picked, setPicked] = useState(members ?? []);
  const pick = (next: string[] | null) => {
    setPicked(next ?? members ?? []);
    form.set("members", next);
  };

  return (
    <ResourceForm
      form={form}
      backTo={path}
      failureTitle="The queue is not saved"
      words={wordsOf(operators)}
      end={
        queue && (
          <DeleteButton
            resource={queues}
            item={queue}
            noun="queue"
            consequence="No chat can be sent to it any more."
            usedBy={queue.usedBy}
            usersAt="/admin/work-streams"
            userNoun="work stream"
            backTo={path}
          />
        )
      }
    >
      <Panel>
        <TextField {...bound(form, "name")} label="Name" required maxLength={100} autoFocus={queue === null} />
        <FieldFrame name="members" label="Members" error={form.errorAt("members")}>
          <RadioGroup
            value={members === null ? "all" : "some"}
            onChange={(_, { value }) => pick(value === "all" ? null : picked)}
          >
            <Radio value="all" label="Everybody, also operators added later" />
            <Radio value="some" label="Only these operators" />
          </RadioGroup>
        </FieldFrame>
        {members !== null && (
          <div className={styles.people} role="group" aria-label="Operators who serve the queue">
            {operators.map(({ id, name, disabled }) => (
              <Checkbox
                key={id}
                checked={members.includes(id)}
                label={disabled ? `${name} (disabled)` : name}
                onChange={(_, { checked }) => pick(checked === true ? [...members, id] : members.filter((other) => other !== id))}
              />
            ))}
          </div>
        )}
        {members?.length === 0 && (
          <MessageBar intent="warning">
            <MessageBarBody>Nobody serves this queue: chats in it wait until somebody does.</MessageBarBody>
          </MessageBar>
        )}
        <FieldFrame
          name="assignment"
          label="Assignment"
          error={form.errorAt("assignment")}
          hint="Push gives a chat at once to whoever has the fewest of those who are signed in, not away and below their capacity. One that cannot be given waits, and can be picked."
        >
          <RadioGroup
            value={form.values.assignment}
            onChange={(_, { value }) => form.set("assignment", value === "push" ? "push" : "pick")}
          >
            <Radio value="pick" label="Pick: agents take chats themselves" />
            <Radio value="push" label="Push: chats are given to agents" />
          </RadioGroup>
        </FieldFrame>
        <TextField
          {...bound(form, "absenceSeconds")}
          label="Absence in seconds"
          hint="An agent whose console is closed or not connected for so long loses their chats of this queue: they wait again, in front. 30 to 86400."
          inputMode="numeric"
          short
          required
        />
      </Panel>
    </ResourceForm>
  );
}
