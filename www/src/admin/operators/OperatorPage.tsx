// `/admin/operators/{id}`: name, role, whether they may sign in, a new password.
import { MessageBar, MessageBarBody, Switch } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { operators } from "../../api/admin";
import type { Operator } from "../../api/types";
import { bound, FieldFrame, TextField } from "../../forms/fields";
import type { Words } from "../../forms/MergeDialog";
import { ResourceForm } from "../../forms/ResourceForm";
import { useForm } from "../../forms/useForm";
import { useRecord } from "../../forms/useRecord";
import { sessionQuery, useOperator } from "../../session/session";
import { Panel } from "../../shell/Panel";
import { EditPage } from "../EditPage";
import { CapacityField, capacityFrom, isCapacity, notACapacity } from "./CapacityField";
import { RoleField } from "./RoleField";

const path = "/admin/operators";

export default function OperatorPage() {
  return (
    <EditPage resource={operators} above={{ to: path, name: "Operators" }} newTitle="Add operator">
      {(operator) => operator && <OperatorForm operator={operator} />}
    </EditPage>
  );
}

const valuesOf = ({ name, email, role, disabled, capacity }: Operator) => ({
  name,
  email,
  role,
  disabled,
  capacity: capacity == null ? "" : String(capacity),
  password: "",
});

const words: Words<ReturnType<typeof valuesOf>> = {
  name: "Name",
  email: "E-mail",
  role: "Role",
  disabled: ["Sign-in", (disabled) => (disabled ? "Disabled" : "Allowed")],
  capacity: ["Capacity", (capacity) => (capacity === "" ? "No limit" : capacity)],
  password: ["New password", (password) => (password === "" ? "Unchanged" : "A new one")],
};

function OperatorForm({ operator }: { operator: Operator }) {
  const me = useOperator();
  const cache = useQueryClient();
  const record = useRecord({ resource: operators, item: operator, valuesOf });
  const isMe = operator.id === me.id;
  const form = useForm({
    ...record.options,
    initial: valuesOf(operator),
    required: ({ name, capacity }) => ({
      ...(name.trim() === "" && { name: "Enter the person's name." }),
      ...(!isCapacity(capacity) && { capacity: notACapacity }),
    }),
    save: async ({ name, role, disabled, capacity, password }, version) => {
      const change = { name: name.trim(), role, disabled, capacity: capacityFrom(capacity), ...(password === "" ? {} : { password }) };
      const stored = await record.change(change, version);
      if (isMe) void cache.invalidateQueries({ queryKey: sessionQuery.queryKey });
      return stored;
    },
  });

  return (
    <ResourceForm form={form} backTo={path} failureTitle="The operator is not saved" words={words}>
      <Panel>
        <TextField {...bound(form, "name")} label="Name" hint="Visitors see it when this person answers." required maxLength={100} />
        <TextField {...bound(form, "email")} label="E-mail" readOnly hint="What they sign in with. It cannot be changed." />
        <RoleField value={form.values.role} onChange={(role) => form.set("role", role)} error={form.errorAt("role")} />
        <CapacityField {...bound(form, "capacity")} />
        <FieldFrame
          name="disabled"
          label="Sign-in"
          error={form.errorAt("disabled")}
          hint="A disabled operator is signed out at once, everywhere."
        >
          <Switch
            checked={!form.values.disabled}
            label={form.values.disabled ? "Disabled" : "Allowed"}
            onChange={(_, { checked }) => form.set("disabled", !checked)}
          />
        </FieldFrame>
        {isMe && (form.values.disabled || form.values.role !== "administrator") && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>This is you: after saving you cannot come back to this page.</MessageBarBody>
          </MessageBar>
        )}
        <TextField
          {...bound(form, "password")}
          label="New password"
          hint="12 to 128 characters. Leave it empty to keep the old one."
          type="password"
          autoComplete="new-password"
          maxLength={128}
        />
      </Panel>
    </ResourceForm>
  );
}
