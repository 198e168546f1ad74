// The head of a conversation: who, whether proved, and what can be done with it: accept, close.
import {
  Badge,
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
  Spinner,
  Text,
  tokens,
} from "@fluentui/react-components";
import { ArrowLeftRegular, CheckmarkRegular, DismissCircleRegular } from "@fluentui/react-icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";
import type { ConversationSummary } from "../api/types";
import { ProblemBar } from "../shell/ProblemBar";
import { LinkButton } from "../shell/RouterLink";
import { close } from "./agentApi";
import { useConversation } from "./chat/useConversation";
import { mineKey, summaryKey } from "./keys";
import { IdentityMark } from "./summary/IdentityMark";
import { PresenceMark } from "./summary/PresenceMark";
import { useAccept } from "./useAccept";

const useStyles = makeStyles({
  header: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    flexShrink: 0,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    "@media (max-width: 759px)": { paddingInline: tokens.spacingHorizontalS },
  },
  back: { "@media (min-width: 760px)": { display: "none" } },
  who: { flexGrow: 1, minWidth: 0 },
  name: {
    margin: 0,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
  },
  facts: { display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: tokens.spacingHorizontalM, color: tokens.colorNeutralForeground2 },
  problem: { flexBasis: "100%" },
  line: { whiteSpace: "nowrap" },
});

export interface ConversationHeaderProps {
  summary: ConversationSummary;
  isMine: boolean;
  onAccepted: () => void;
  /** Another agent was faster; `detail` says who has it. */
  onConflict: (detail: string) => void;
}

export function ConversationHeader({ summary, isMine, onAccepted, onConflict }: ConversationHeaderProps) {
  const styles = useStyles();
  const cache = useQueryClient();
  const [search] = useSearchParams();
  const { id, state } = summary;
  const conversation = useConversation(id);
  const refresh = () => {
    void cache.invalidateQueries({ queryKey: mineKey });
    void cache.invalidateQueries({ queryKey: summaryKey(id) });
  };
  const taking = useAccept(id, { onAccepted, onConflict });
  const identity = "reason" in summary.authentication ? "none" : summary.authentication.state;

  return (
    <header className={styles.header}>
      <span className={styles.back}>
        <LinkButton to={`/agent${search.size > 0 ? `?${search}` : ""}`} appearance="subtle" icon={<ArrowLeftRegular />} label="Back to the inbox" />
      </span>
      <div className={styles.who}>
        <h1 className={styles.name}>
          <bdi>{nameOf(summary)}</bdi>
        </h1>
        <div className={styles.facts}>
          <IdentityMark authenticated={summary.authenticated} identity={identity} />
          <Text size={200}>
            <bdi>{summary.queue.name}</bdi>
          </Text>
          {state !== "closed" && <PresenceMark presence={conversation?.visitorPresence ?? summary.visitorPresence} />}
          {state === "closed" && (
            <Badge appearance="outline" color="informative">
              closed
            </Badge>
          )}
        </div>
      </div>
      {state === "waiting" && (
        <Button
          appearance="primary"
          icon={taking.isPending ? <Spinner size="tiny" /> : <CheckmarkRegular />}
          disabledFocusable={taking.isPending}
          onClick={() => taking.isPending || taking.mutate()}
        >
          Accept
        </Button>
      )}
      {isMine && <CloseButton id={id} onClosed={refresh} />}
      {taking.error && (
        <div className={styles.problem}>
          <ProblemBar error={taking.error} title="Not accepted" />
        </div>
      )}
    </header>
  );
}

function CloseButton({ id, onClosed }: { id: string; onClosed: () => void }) {
  const styles = useStyles();
  const [isOpen, setOpen] = useState(false);
  const closing = useMutation({
    mutationFn: () => close(id),
    onSuccess: () => {
      setOpen(false);
      onClosed();
    },
  });
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(_, { open }) => {
        setOpen(open);
        closing.reset();
      }}
    >
      <DialogTrigger disableButtonEnhancement>
        <Button icon={<DismissCircleRegular />}>Close</Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Close this conversation?</DialogTitle>
          <DialogContent>
            {closing.error && <ProblemBar error={closing.error} title="Not closed" />}
            The visitor sees that it is over. It can still be read, but not continued.
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button className={styles.line}>Keep it open</Button>
            </DialogTrigger>
            <Button
              appearance="primary"
              className={styles.line}
              disabledFocusable={closing.isPending}
              onClick={() => closing.isPending || closing.mutate()}
            >
              {closing.isPending ? "Closing…" : "Close conversation"}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** The record's name, else what the token calls the person. */
export function nameOf({ contact, profile }: ConversationSummary): string {
  if (!("notLinked" in contact)) return contact.name;
  const full = [profile.givenName, profile.familyName].filter(Boolean).join(" ");
  return full || profile.preferredUsername || "Unknown visitor";
}
