// Asks why somebody goes away, in their own words. Colleagues read it.
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  Field,
  Input,
} from "@fluentui/react-components";
import { type FormEvent, useState } from "react";
import { asProblem } from "../../api/problem";
import { codedFault } from "../../shell/coded";
import { ProblemBar } from "../../shell/ProblemBar";
import { useSetAvailability } from "./useAvailability";

export function ReasonDialog({ onClose }: { onClose: () => void }) {
  const [reason, setReason] = useState("");
  const { mutate, error, isPending } = useSetAvailability();
  const fault = error ? asProblem(error).fields.find(({ name }) => name === "reason")?.message : undefined;
  const send = (event: FormEvent) => {
    event.preventDefault();
    const why = reason.trim();
    if (!isPending) mutate({ state: "away", ...(why !== "" && { reason: why }) }, { onSuccess: onClose });
  };
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogSurface>
        <form onSubmit={send}>
          <DialogBody>
            <DialogTitle>Why are you away?</DialogTitle>
            <DialogContent>
              {error && fault === undefined ? <ProblemBar error={error} title="Not changed" /> : null}
              <Field
                label="Reason"
                hint="Colleagues read it. Visitors do not."
                validationState={fault === undefined ? "none" : "error"}
                validationMessage={codedFault(fault)}
              >
                <Input dir="auto" autoFocus maxLength={100} value={reason} onChange={(_, { value }) => setReason(value)} />
              </Field>
            </DialogContent>
            <DialogActions>
              <DialogTrigger disableButtonEnhancement>
                <Button>Cancel</Button>
              </DialogTrigger>
              <Button type="submit" appearance="primary" disabledFocusable={isPending}>
                I am away
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
