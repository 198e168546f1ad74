// The two answers to an offer, wherever it is shown.
import { Button, Spinner } from "@fluentui/react-components";
import { CheckmarkRegular } from "@fluentui/react-icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { accept } from "../agentApi";
import { decline } from "../handOverApi";
import { mineKey, offeredKey } from "../keys";
import { useRefused } from "./useRefused";

export interface OfferAnswersProps {
  id: string;
  /** What is said of the buttons beside their words, where several offers stand together. */
  of?: string;
  onAnswered: () => void;
  onAccepted: () => void;
}

export function OfferAnswers({ id, of, onAnswered, onAccepted }: OfferAnswersProps) {
  const cache = useQueryClient();
  const onSettled = () => {
    // The socket tells it too, where it is open.
    void cache.invalidateQueries({ queryKey: offeredKey });
    void cache.invalidateQueries({ queryKey: mineKey });
    onAnswered();
  };
  const refused = useRefused();
  const accepting = useMutation({
    mutationFn: () => accept(id),
    onSuccess: onAccepted,
    onError: (error) => refused("Not accepted", error),
    onSettled,
  });
  const declining = useMutation({ mutationFn: () => decline(id), onError: (error) => refused("Not declined", error), onSettled });
  const isPending = accepting.isPending || declining.isPending;
  const named = (what: string) => (of === undefined ? {} : { "aria-label": `${what}: ${of}` });
  return (
    <>
      <Button
        size="small"
        appearance="primary"
        icon={accepting.isPending ? <Spinner size="tiny" /> : <CheckmarkRegular />}
        disabledFocusable={isPending}
        onClick={() => isPending || accepting.mutate()}
        {...named("Accept")}
      >
        Accept
      </Button>
      <Button size="small" disabledFocusable={isPending} onClick={() => isPending || declining.mutate()} {...named("Decline")}>
        Decline
      </Button>
    </>
  );
}
