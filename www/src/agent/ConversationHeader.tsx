// The head of a conversation: who, whether proved, and what can be done with it: accept, hand over, close; for supervisors more.
import { Badge, Button, makeStyles, Spinner, Text, tokens } from "@fluentui/react-components";
import { ArrowLeftRegular, CheckmarkRegular } from "@fluentui/react-icons";
import { useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import type { ConversationSummary } from "../api/types";
import { useOperator } from "../session/session";
import { ProblemBar } from "../shell/ProblemBar";
import { LinkButton } from "../shell/RouterLink";
import { CloseDialog } from "./CloseDialog";
import { useConversation } from "./chat/useConversation";
import { HandOverDialog } from "./handOver/HandOverDialog";
import { SupervisorActions } from "./handOver/SupervisorActions";
import { mineKey, summaryKey } from "./keys";
import { knownName } from "./replies/fill";
import { IdentityMark } from "./summary/IdentityMark";
import { PresenceMark } from "./summary/PresenceMark";
import { TranscriptMenu } from "./TranscriptMenu";
import { useAccept } from "./useAccept";
import { unknownVisitor } from "./visitorName";

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
  // As narrow as a phone needs for the buttons to stand beside it.
  who: { flexGrow: 1, flexBasis: "120px", minWidth: 0 },
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
  const me = useOperator();
  const cache = useQueryClient();
  const [search] = useSearchParams();
  const { id, state, closing } = summary;
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
          {state === "active" && !isMine && summary.agent && (
            <Text size={200}>
              with <bdi>{summary.agent.name}</bdi>
            </Text>
          )}
          {summary.joined.length > 0 && (
            <Text size={200}>
              <bdi>{summary.joined.map(({ name }) => name).join(", ")}</bdi> joined
            </Text>
          )}
          {state === "closed" && (
            <Badge appearance="outline" color="informative">
              closed
            </Badge>
          )}
          {closing.reason != null && (
            <Text size={200}>
              <bdi>{closing.reason}</bdi>
            </Text>
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
      {isMine && summary.offer == null && <HandOverDialog summary={summary} onChanged={refresh} />}
      {me.role === "supervisor" && !isMine && (
        <SupervisorActions summary={summary} onChanged={refresh} onWriting={onAccepted} />
      )}
      {/* One, so that what is chosen and written in it stays when the visitor ends the conversation. */}
      {(isMine || mayWrapUp(summary, me.id)) && <CloseDialog id={id} closing={closing} isOver={!isMine} onChanged={refresh} />}
      <TranscriptMenu id={id} />
      {taking.error && (
        <div className={styles.problem}>
          <ProblemBar error={taking.error} title="Not accepted" />
        </div>
      )}
    </header>
  );
}

/** Whether they may say why it ended, which they did not: it ended without them. */
export const mayWrapUp = ({ state, agent, closing }: ConversationSummary, operator: string): boolean =>
  state === "closed" && agent?.id === operator && closing.reason == null && closing.reasons.length > 0;

/** The record's name, else what the token calls the person. */
export function nameOf(summary: ConversationSummary): string {
  return knownName(summary) || unknownVisitor;
}
