// `/admin/operators/new`: adds a person with a first password.
import { Button } from "@fluentui/react-components";
import { useNavigate } from "react-router";
import { operators } from "../../api/admin";
import type { Role } from "../../api/types";
import { useSave } from "../../api/useResource";
import { bound, TextField } from "../../forms/fields";
import { afterSave } from "../../forms/LeaveGuard";
import { ResourceForm } from "../../forms/ResourceForm";
import { useForm } from "../../forms/useForm";
import { CopyButton } from "../../shell/CopyButton";
import { PageBody } from "../../shell/PageBody";
import { Panel } from "../../shell/Panel";
import { useSaved } from "../../shell/useSaved";
import { CapacityField, capacityFrom, isCapacity, notACapacity } from "./CapacityField";
import { newPassword } from "./newPassword";
import { RoleField } from "./RoleField";

const path = "/admin/operators";

export default function NewOperatorPage() {
  const navigate = useNavigate();
  const saved = useSaved();
  const save = useSave(operators);
  const form = useForm({
    initial: { name: "", email: "", role: "agent" as Role, capacity: "", password: "" },
    required: ({ name, email, capacity, password }) => ({
      ...(name.trim() === "" && { name: "Enter the person's name." }),
      ...(email.trim() === "" && { email: "Enter the e-mail address they sign in with." }),
      ...(!isCapacity(capacity) && { capacity: notACapacity }),
      ...(password === "" && { password: "Choose a first password, or generate one." }),
    }),
    save: async ({ name, email, role, capacity, password }) => {
      await save.create({ name: name.trim(), email: email.trim(), role, capacity: capacityFrom(capacity), password });
      saved(`Added ${name.trim()}`);
      void navigate(path, { replace: true, ...afterSave });
    },
  });

  return (
    <PageBody
      title="Add operator"
      lead="They sign in with this e-mail address and password. Give them the password in person or by a channel that nobody else reads: it is not shown again."
      trail={[{ to: path, name: "Operators" }, { name: "New" }]}
      narrow
    >
      <ResourceForm form={form} submitLabel="Add operator" backTo={path} failureTitle="The operator is not added">
        <Panel>
          <TextField
            {...bound(form, "name")}
            label="Name"
            hint="Visitors see it when this person answers."
            required
            maxLength={100}
            autoFocus
            autoComplete="off"
          />
          <TextField {...bound(form, "email")} label="E-mail" type="email" required autoComplete="off" />
          <RoleField value={form.values.role} onChange={(role) => form.set("role", role)} error={form.errorAt("role")} />
          <CapacityField {...bound(form, "capacity")} />
          <TextField
            {...bound(form, "password")}
            label="First password"
            hint="12 to 128 characters."
            autoComplete="new-password"
            maxLength={128}
            required
            code
            contentAfter={
              form.values.password === "" ? (
                <Button size="small" appearance="transparent" onClick={() => form.set("password", newPassword())}>
                  Generate
                </Button>
              ) : (
                <CopyButton text={form.values.password} label="Copy the password" />
              )
            }
          />
        </Panel>
      </ResourceForm>
    </PageBody>
  );
}
