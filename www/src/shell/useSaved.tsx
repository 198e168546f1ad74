// Short words over the page, which go by themselves: what went well, and what colleagues did. What went wrong stays until it is
// dealt with or closed.
import { Toast, ToastTitle, useToastController } from "@fluentui/react-components";
import { useCallback } from "react";

export const toasterId = "bonafide";

/** Gives a function that says what others did, a little longer. */
export function useSaid(): (text: string) => void {
  const { dispatchToast } = useToastController(toasterId);
  return useCallback(
    (text) =>
      dispatchToast(
        <Toast>
          <ToastTitle>{text}</ToastTitle>
        </Toast>,
        { intent: "info", timeout: 8000 },
      ),
    [dispatchToast],
  );
}

/** Gives a function that says `text` for some seconds, politely to screen readers. */
export function useSaved(): (text: string) => void {
  const { dispatchToast } = useToastController(toasterId);
  return useCallback(
    (text) =>
      dispatchToast(
        <Toast>
          <ToastTitle>{text}</ToastTitle>
        </Toast>,
        { intent: "success", timeout: 4000 },
      ),
    [dispatchToast],
  );
}
