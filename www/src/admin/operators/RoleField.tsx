// What an operator may do.
import { Radio, RadioGroup } from "@fluentui/react-components";
import type { Role } from "../../api/types";
import { FieldFrame } from "../../forms/fields";

export const roleNames: Record<Role, string> = { administrator: "Administrator", supervisor: "Supervisor", agent: "Agent" };

export interface RoleFieldProps {
  value: Role;
  onChange: (role: Role) => void;
  error: string | undefined;
}

export function RoleField({ value, onChange, error }: RoleFieldProps) {
  return (
    <FieldFrame name="role" label="Role" error={error} required>
      <RadioGroup value={value} onChange={(_, data) => onChange(data.value as Role)}>
        <Radio value="agent" label="Agent: answers chats of the queues they serve" />
        <Radio value="supervisor" label="Supervisor: sees all chats of all queues, joins, takes over and assigns them" />
        <Radio value="administrator" label="Administrator: changes every setting, and answers chats" />
      </RadioGroup>
    </FieldFrame>
  );
}
