// The form of one canned reply. What its variables may be is the server's to judge: it names those that exist.
import { useNavigate } from "react-router";
import { DeleteButton } from "../admin/DeleteButton";
import type { Resource } from "../api/admin";
import type { CannedReply, CannedReplyBody } from "../api/types";
import { bound, TextField } from "../forms/fields";
import { afterSave } from "../forms/LeaveGuard";
import { ResourceForm } from "../forms/ResourceForm";
import { useForm } from "../forms/useForm";
import { useRecord } from "../forms/useRecord";
import { Panel } from "../shell/Panel";
import { useSaved } from "../shell/useSaved";

export interface ReplyFormProps {
  resource: Resource<CannedReply, CannedReplyBody>;
  shared: boolean;
  path: string;
  reply: CannedReply | null;
}

const valuesOf = (reply: CannedReply | null) => ({ name: reply?.name ?? "", text: reply?.text ?? "" });

export function ReplyForm({ resource, shared, path, reply }: ReplyFormProps) {
  const navigate = useNavigate();
  const saved = useSaved();
  const record = useRecord({ resource, item: reply, valuesOf });
  const form = useForm({
    ...record.options,
    initial: valuesOf(reply),
    required: missingIn,
    save: async ({ name, text }, version) => {
      const body = { name: name.trim(), text: text.trim() };
      if (reply) return record.change(body, version);
      await record.create(body);
      saved("Added");
      void navigate(path, { replace: true, ...afterSave });
    },
  });

  return (
    <ResourceForm
      form={form}
      backTo={path}
      failureTitle="The canned reply is not saved"
      words={{ name: "Name", text: "Text" }}
      end={
        reply && (
          <DeleteButton
            resource={resource}
            item={reply}
            noun="canned reply"
            consequence={shared ? "No agent can insert it any more." : "You cannot insert it any more."}
            backTo={path}
          />
        )
      }
    >
      <Panel>
        <TextField
          {...bound(form, "name")}
          label="Name"
          hint="What it is found by: in a chat, / and the beginning of the name."
          required
          maxLength={50}
          autoFocus={reply === null}
        />
        <TextField
          {...bound(form, "text")}
          label="Text"
          hint="Filled in when it is inserted: {visitor}, {agent}, {queue}, and {context.NAME} with the name of a context variable. What is not known then is marked for the agent to fill."
          required
          rows={6}
          maxLength={4000}
        />
      </Panel>
    </ResourceForm>
  );
}

function missingIn({ name, text }: ReturnType<typeof valuesOf>): Record<string, string> {
  const missing: Record<string, string> = {};
  if (name.trim() === "") missing["name"] = "Give the reply a name.";
  if (text.trim() === "") missing["text"] = "Write what it says.";
  return missing;
}
