// The offer of a conversation, above it: to the colleague who is asked, with the note and the two answers; to whoever offers
// it, with the way to take it back.
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, tokens } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import type { Offer } from "../../api/types";
import { useOperator } from "../../session/session";
import { formatTimeOfDay } from "../../shell/times";
import { withdraw } from "../handOverApi";
import { OfferAnswers } from "./OfferAnswers";
import { useRefused } from "./useRefused";

const useStyles = makeStyles({
  bar: { flexShrink: 0 },
  note: { display: "block", marginBlockStart: tokens.spacingVerticalXS, whiteSpace: "pre-wrap", overflowWrap: "anywhere" },
});

export interface OfferBarProps {
  id: string;
  offer: Offer;
  onChanged: () => void;
  onAccepted: () => void;
}

export function OfferBar({ id, offer, onChanged, onAccepted }: OfferBarProps) {
  const styles = useStyles();
  const me = useOperator();
  const isToMe = offer.to.id === me.id;
  const refused = useRefused();
  const withdrawing = useMutation({
    mutationFn: () => withdraw(id),
    onError: (error) => refused("Not withdrawn", error),
    onSettled: onChanged,
  });
  return (
    <MessageBar intent="info" layout="multiline" className={styles.bar}>
      <MessageBarBody>
        <MessageBarTitle>
          {isToMe ? `${offer.by.name} offers you this conversation` : `Offered to ${offer.to.name}`}
        </MessageBarTitle>
        {`Until ${isToMe ? "you accept" : "they accept"} it stays with ${offer.by.id === me.id ? "you" : offer.by.name}. `}
        {`The offer ends at ${formatTimeOfDay(offer.lapsesAt)}.`}
        {offer.note != null && (
          <span className={styles.note} dir="auto">
            “{offer.note}”
          </span>
        )}
      </MessageBarBody>
      <MessageBarActions>
        {isToMe && <OfferAnswers id={id} onAnswered={onChanged} onAccepted={onAccepted} />}
        {offer.by.id === me.id && (
          <Button disabledFocusable={withdrawing.isPending} onClick={() => withdrawing.isPending || withdrawing.mutate()}>
            Withdraw
          </Button>
        )}
      </MessageBarActions>
    </MessageBar>
  );
}
