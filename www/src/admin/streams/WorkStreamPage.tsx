// `/admin/work-streams/new` and `…/{id}`.
import { useNavigate } from "react-router";
import { queues, workStreams } from "../../api/admin";
import type { Queue, WorkStream } from "../../api/types";
import { useAll } from "../../api/useResource";
import { bound, SelectField, TextField } from "../../forms/fields";
import { afterSave } from "../../forms/LeaveGuard";
import { same } from "../../forms/merge";
import { ResourceForm } from "../../forms/ResourceForm";
import { useForm } from "../../forms/useForm";
import { useRecord } from "../../forms/useRecord";
import { PageLoading } from "../../shell/PageLoading";
import { Panel } from "../../shell/Panel";
import { ProblemBar } from "../../shell/ProblemBar";
import { useSaved } from "../../shell/useSaved";
import { DeleteButton } from "../DeleteButton";
import { EditPage } from "../EditPage";
import { ClosingFields } from "./ClosingFields";
import { RulesEditor } from "./RulesEditor";
import { bodyOf, type StreamValues, testPath, valuesOf } from "./streamValues";
import { wordsOf } from "./streamWords";
import { VariablesEditor } from "./VariablesEditor";

const path = "/admin/work-streams";

export default function WorkStreamPage() {
  const all = useAll(queues);
  return (
    <EditPage
      resource={workStreams}
      above={{ to: path, name: "Work streams" }}
      newTitle="New work stream"
      lead="Declare what chats may bring, then say where they go."
      narrow={false}
    >
      {(stream) => {
        if (all.isPending) return <PageLoading />;
        if (!all.data) return <ProblemBar error={all.error} />;
        return <StreamForm stream={stream} queues={all.data} />;
      }}
    </EditPage>
  );
}

function StreamForm({ stream, queues }: { stream: WorkStream | null; queues: Queue[] }) {
  const navigate = useNavigate();
  const saved = useSaved();
  const record = useRecord({ resource: workStreams, item: stream, valuesOf: (now) => valuesOf(now, "") });
  const form = useForm<StreamValues>({
    ...record.options,
    initial: valuesOf(stream, queues.length === 1 ? (queues[0]?.id ?? "") : ""),
    required: missingIn,
    save: async (values, version) => {
      const body = bodyOf(values);
      if (stream) return record.change(body, version);
      const created = await record.create(body);
      saved("Created");
      void navigate(`${path}/${created.id}`, { replace: true, ...afterSave });
    },
  });

  return (
    <ResourceForm
      form={form}
      backTo={path}
      failureTitle="The work stream is not saved"
      words={wordsOf(queues)}
      end={
        stream && (
          <DeleteButton
            resource={workStreams}
            item={stream}
            noun="work stream"
            consequence="Its context variables and rules go with it."
            usedBy={stream.usedBy}
            usersAt="/admin/chat-widgets"
            userNoun="chat widget"
            backTo={path}
          />
        )
      }
    >
      <Panel>
        <TextField {...bound(form, "name")} label="Name" required maxLength={100} autoFocus={stream === null} />
      </Panel>
      <VariablesEditor form={form} />
      <RulesEditor form={form} queues={queues} warnings={stream && areAsStored(form.values, stream) ? stream.warnings : []} />
      <Panel title="Otherwise">
        <SelectField
          {...bound(form, "fallbackQueue")}
          label="Fallback queue"
          hint="Takes the chats that no rule takes."
          required
        >
          <option value="" disabled>
            Pick a queue
          </option>
          {queues.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      </Panel>
      <Panel title="One person, several places">
        <SelectField
          {...bound(form, "resume")}
          label="A signed-in person starts another chat while one is open"
          hint="On a second page of the site, or another device. The same person is the same subject of the same issuer, proved by the same authentication setting."
        >
          <option value="never">Start a new chat; agents see the person's other ones</option>
          <option value="same-person">Go on with the open one</option>
        </SelectField>
      </Panel>
      <ClosingFields form={form} />
    </ResourceForm>
  );
}

/** Whether the rules are those that the server judged. */
function areAsStored(values: StreamValues, stream: WorkStream): boolean {
  const stored = valuesOf(stream, "");
  return same([values.rules, values.contextVariables], [stored.rules, stored.contextVariables]);
}

/** Blank fields. What the values mean is the server's to judge. */
function missingIn({ name, contextVariables, rules, fallbackQueue }: StreamValues): Record<string, string> {
  const missing: Record<string, string> = {};
  if (name.trim() === "") missing["name"] = "Give the work stream a name.";
  contextVariables.forEach((variable, index) => {
    if (variable.name.trim() === "") missing[`contextVariables[${index}].name`] = "Name the variable, or remove it.";
  });
  rules.forEach((rule, index) => {
    if (rule.queue === "") missing[`rules[${index}].queue`] = "Pick the queue a match goes to.";
    if (!/^\s*-?\d{1,6}\s*$/.test(rule.priority)) missing[`rules[${index}].priority`] = "Enter a whole number.";
    rule.tests.forEach(({ variable, operator, value }, test) => {
      if (variable !== null && operator !== "isSet" && value.trim() === "") {
        missing[testPath(index, rule.match, test)] = "Enter what to compare with.";
      }
    });
  });
  if (fallbackQueue === "") missing["fallbackQueue"] = "Pick the queue for chats that no rule takes.";
  return missing;
}
