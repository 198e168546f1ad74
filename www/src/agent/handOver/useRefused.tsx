// Says that an answer to an offer was refused. Over the page: the offer goes at that moment, and takes its place with it.
import { Link, Toast, ToastBody, ToastTitle, ToastTrigger, useToastController } from "@fluentui/react-components";
import { useCallback } from "react";
import { asProblem } from "../../api/problem";
import { toasterId } from "../../shell/useSaved";

/** Gives a function that says it; it stays until somebody closes it. */
export function useRefused(): (title: string, error: unknown) => void {
  const { dispatchToast } = useToastController(toasterId);
  return useCallback(
    (title, error) =>
      dispatchToast(
        <Toast>
          <ToastTitle
            action={
              <ToastTrigger>
                <Link>Close</Link>
              </ToastTrigger>
            }
          >
            {title}
          </ToastTitle>
          <ToastBody>{asProblem(error).message}</ToastBody>
        </Toast>,
        { intent: "error", timeout: -1 },
      ),
    [dispatchToast],
  );
}
