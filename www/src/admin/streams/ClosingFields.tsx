// The reasons that an agent chooses from when they close a conversation: one a line, in the order in which they are offered.
import { Switch } from "@fluentui/react-components";
import { bound, FieldFrame, TextField } from "../../forms/fields";
import type { Form } from "../../forms/useForm";
import { Panel } from "../../shell/Panel";
import { reasonsOf, type StreamValues } from "./streamValues";

export function ClosingFields({ form }: { form: Form<StreamValues> }) {
  const { closingReasons, closingReasonRequired } = form.values;
  const count = reasonsOf(closingReasons).length;
  return (
    <Panel title="At the end" lead="Why conversations ended, to be seen with the closed ones. Visitors see nothing of it.">
      <TextField
        {...bound(form, "closingReasons")}
        label="Closing reasons"
        hint={`One a line, at most 50, in the order in which agents choose from them. ${count === 0 ? "Without any, agents just close." : ""}`}
        rows={4}
      />
      <FieldFrame name="closingReasonRequired" label="Choosing one" error={form.errorAt("closingReasonRequired")}>
        <Switch
          checked={closingReasonRequired}
          label={closingReasonRequired ? "Agents must choose a reason" : "Agents may leave it out"}
          onChange={(_, { checked }) => form.set("closingReasonRequired", checked)}
        />
      </FieldFrame>
    </Panel>
  );
}
