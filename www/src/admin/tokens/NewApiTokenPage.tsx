// `/admin/api-tokens/new`: makes a token and shows its secret, once. The secret stays in this page's memory only.
import { MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { createApiToken } from "../../api/admin";
import { invalidateLists } from "../../api/useResource";
import { bound, TextField } from "../../forms/fields";
import { ResourceForm } from "../../forms/ResourceForm";
import { useForm } from "../../forms/useForm";
import { useOperator } from "../../session/session";
import { CodeBlock } from "../../shell/CodeBlock";
import { PageBody } from "../../shell/PageBody";
import { Panel } from "../../shell/Panel";
import { LinkButton } from "../../shell/RouterLink";

const path = "/admin/api-tokens";

export default function NewApiTokenPage() {
  const me = useOperator();
  const cache = useQueryClient();
  const [created, setCreated] = useState<{ name: string; secret: string } | null>(null);
  const form = useForm({
    initial: { name: "" },
    required: ({ name }) => (name.trim() === "" ? { name: "Say what the token is for." } : {}),
    save: async ({ name }) => {
      setCreated(await createApiToken(name.trim()));
      invalidateLists(cache);
    },
  });

  return (
    <PageBody
      title="New API token"
      lead={`The program will act as ${me.name}, until the token is revoked.`}
      trail={[{ to: path, name: "API tokens" }, { name: "New" }]}
      narrow
    >
      {created ? (
        <Panel title={created.name}>
          <MessageBar intent="success" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>Made</MessageBarTitle>
              Copy the secret now: it is not shown again, and this server keeps only its hash.
            </MessageBarBody>
          </MessageBar>
          <CodeBlock code={`Authorization: Bearer ${created.secret}`} label="request header" name="Request header" />
          <div>
            <LinkButton to={path}>Done</LinkButton>
          </div>
        </Panel>
      ) : (
        <ResourceForm form={form} submitLabel="Make the token" backTo={path} failureTitle="The token is not made">
          <Panel>
            <TextField
              {...bound(form, "name")}
              label="Name"
              hint="What it is for: you will want to know when you revoke it."
              required
              maxLength={100}
              autoFocus
              autoComplete="off"
            />
          </Panel>
        </ResourceForm>
      )}
    </PageBody>
  );
}
