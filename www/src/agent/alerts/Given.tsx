// Says on the page that a chat was given to the person, whatever alerts they chose: nobody asked them, and somebody waits for
// their first word.
import { Link, Toast, ToastBody, ToastTitle, ToastTrigger, useToastController } from "@fluentui/react-components";
import { useCallback } from "react";
import { useNavigate } from "react-router";
import type { AgentConversation } from "../../api/types";
import { toasterId } from "../../shell/useSaved";
import { visitorName } from "../visitorName";

/** How long it stays, in milliseconds: the list says it for as long as the chat runs. */
const shownFor = 30_000;

/** Gives a function that says it for one or several. */
export function useGivenNotice(): (given: readonly AgentConversation[]) => void {
  const { dispatchToast } = useToastController(toasterId);
  const navigate = useNavigate();
  return useCallback(
    (given) => {
      for (const conversation of given) {
        const { id, queue } = conversation;
        const open = () => void navigate(`/agent/${id}?tab=active`);
        dispatchToast(
          <Toast>
            <ToastTitle
              action={
                <ToastTrigger>
                  <Link onClick={open}>Open</Link>
                </ToastTrigger>
              }
            >
              A chat was given to you
            </ToastTitle>
            <ToastBody>
              <bdi>{visitorName(conversation)}</bdi> · <bdi>{queue.name}</bdi>
            </ToastBody>
          </Toast>,
          { intent: "info", timeout: shownFor, pauseOnHover: true, toastId: `given:${id}` },
        );
      }
    },
    [dispatchToast, navigate],
  );
}
