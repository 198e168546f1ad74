// Says that an answer to an offer was refused. Over the page: the offer goes at that moment, and takes its place with it.
import { Link, makeStyles, Toast, ToastBody, ToastTitle, ToastTrigger, tokens, useToastController } from "@fluentui/react-components";
import { useCallback } from "react";
import { asProblem } from "../../api/problem";
import { coded } from "../../shell/coded";
import { CopyButton } from "../../shell/CopyButton";
import { toasterId } from "../../shell/useSaved";

const useStyles = makeStyles({
  request: {
    display: "flex",
    alignItems: "center",
    gap: "2px",
    overflowWrap: "anywhere",
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
  },
});

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
          <Refusal error={error} />
        </Toast>,
        { intent: "error", timeout: -1 },
      ),
    [dispatchToast],
  );
}

function Refusal({ error }: { error: unknown }) {
  const styles = useStyles();
  const { message, requestId } = asProblem(error);
  return (
    <ToastBody>
      {coded(message)}
      {requestId && (
        <span className={styles.request}>
          request {requestId}
          <CopyButton text={requestId} label="Copy the request id" />
        </span>
      )}
    </ToastBody>
  );
}
