// What every dialog keeps that does something to a conversation: whether it is open, what is missing in it, and what the server
// refuses of it.
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "../api/problem";

export interface Act {
  /** Does it, as it is filled in. */
  act: () => Promise<unknown>;
  /** The fields that it shows, which say themselves what the server refuses of them. */
  fields: readonly string[];
  /** Whether what must be chosen is not. */
  isMissing: () => boolean;
  /** It is done, and the dialog is closed. */
  onDone: () => void;
  onRefused: () => void;
}

export function useActDialog({ act, fields, isMissing, onDone, onRefused }: Act) {
  const [isOpen, setOpen] = useState(false);
  const [wasMissing, setMissing] = useState(false);
  const sending = useMutation({
    mutationFn: act,
    onSuccess: () => {
      setOpen(false);
      onDone();
    },
    onError: onRefused,
  });
  const faults = sending.error ? asProblem(sending.error).fields : [];
  const areShown = faults.length > 0 && faults.every(({ name }) => fields.includes(name));
  const onOpenChange = (open: boolean) => {
    // What is on its way is waited for: its refusal would be said nowhere, and it could be sent once more.
    if (sending.isPending) return;
    setOpen(open);
    setMissing(false);
    sending.reset();
  };
  const onAct = () => {
    const isNow = isMissing();
    setMissing(isNow);
    if (!isNow) sending.mutate();
  };
  return {
    isOpen,
    /** They tried without what must be chosen. */
    wasMissing,
    /** What went wrong that no field says. */
    error: areShown ? null : sending.error,
    /** What the server says of one of these fields. */
    faultOf: (...names: string[]) => faults.find(({ name }) => names.includes(name))?.message,
    open: () => setOpen(true),
    /** For `ActDialog`. */
    dialog: { isOpen, onOpenChange, isActing: sending.isPending, onAct },
  };
}
