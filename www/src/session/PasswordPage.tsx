// `/agent/password`: whoever is signed in chooses another password.
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { client, done } from "../api/client";
import { bound, TextField } from "../forms/fields";
import { afterSave } from "../forms/LeaveGuard";
import { ResourceForm } from "../forms/ResourceForm";
import { useForm } from "../forms/useForm";
import { PageBody } from "../shell/PageBody";
import { Panel } from "../shell/Panel";
import { useSaved } from "../shell/useSaved";
import { replaceSession, useOperator } from "./session";

export default function PasswordPage() {
  const me = useOperator();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const saved = useSaved();
  const form = useForm({
    initial: { current: "", password: "" },
    required: ({ current, password }) => ({
      ...(current === "" && { current: "Enter the password that you sign in with now." }),
      ...(password.length < 12 && { password: "Choose a password of at least 12 characters." }),
    }),
    save: async (body) => {
      await replaceSession(cache, () => done(client.PUT("/api/v1/operator/password", { body })));
      saved("Password changed");
      void navigate("/agent", { replace: true, ...afterSave });
    },
  });
  return (
    <PageBody title="Change password" lead="You stay signed in here; all other sessions of yours end." narrow>
      <ResourceForm form={form} submitLabel="Change password" backTo="/agent" failureTitle="The password is not changed">
        <Panel>
          {/* For password managers. */}
          <input type="email" autoComplete="username" value={me.email} readOnly hidden />
          <TextField
            {...bound(form, "current")}
            label="Password now"
            type="password"
            autoComplete="current-password"
            maxLength={128}
            required
            autoFocus
          />
          <TextField
            {...bound(form, "password")}
            label="New password"
            hint="12 to 128 characters."
            type="password"
            autoComplete="new-password"
            maxLength={128}
            required
          />
        </Panel>
      </ResourceForm>
    </PageBody>
  );
}
