// The chat of one conversation: what was said, and, for the agent who has it, what to say.
import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import type { ConversationSummary } from "../../api/types";
import { useAttention, useOnScreen } from "../../shell/attention";
import { PageLoading } from "../../shell/PageLoading";
import { ProblemBar } from "../../shell/ProblemBar";
import { useLook } from "../alerts/tabs";
import { nameOf } from "../ConversationHeader";
import { useLive } from "../live/LiveProvider";
import { Composer } from "./Composer";
import { MessageLog } from "./MessageLog";
import { useConversation } from "./useConversation";
import { useMessages } from "./useMessages";
import { useOutbox } from "./useOutbox";
import { useReadMark } from "./useReadMark";

const useStyles = makeStyles({
  panel: { display: "flex", flexDirection: "column", flexGrow: 1, minHeight: 0 },
  problem: { padding: tokens.spacingHorizontalM },
  note: {
    flexShrink: 0,
    padding: tokens.spacingHorizontalL,
    textAlign: "center",
    color: tokens.colorNeutralForeground2,
    backgroundColor: tokens.colorNeutralBackground1,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

export interface ChatPanelProps {
  summary: ConversationSummary;
  isMine: boolean;
  /** It was accepted here a moment ago. */
  isAccepted: boolean;
}

export function ChatPanel({ summary, isMine, isAccepted }: ChatPanelProps) {
  const styles = useStyles();
  const { id, state } = summary;
  const messages = useMessages(id);
  const conversation = useConversation(id);
  const { outbox, pending } = useOutbox(id, messages.data);
  const { typing, send } = useLive();
  const isAttended = useAttention();
  const [panel, isShown] = useOnScreen<HTMLDivElement>();
  const [end, isEndShown] = useOnScreen<HTMLElement>();
  useLook(id, isAttended && isShown);
  useReadMark(id, isMine && isAttended && isEndShown, messages.data);

  if (!messages.data) {
    return messages.error ? (
      <div className={styles.problem}>
        <ProblemBar error={messages.error} actions={<Button onClick={() => void messages.refetch()}>Try again</Button>} />
      </div>
    ) : (
      <PageLoading />
    );
  }
  return (
    <div ref={panel} className={styles.panel}>
      <MessageLog
        messages={messages.data}
        pending={pending}
        outbox={outbox}
        visitor={nameOf(summary)}
        isVisitorTyping={typing.has(id)}
        readByVisitor={conversation?.readByVisitor ?? 0}
        end={end}
      />
      {isMine ? (
        <Composer id={id} isFocused={isAccepted} onSend={(text) => outbox.send(text)} onTyping={() => send({ type: "typing", conversation: id })} />
      ) : (
        <Text className={styles.note}>
          {state === "waiting"
            ? "Accept the conversation to answer."
            : state === "closed"
              ? "This conversation is closed."
              : `${summary.agent?.name ?? "Another agent"} has this conversation.`}
        </Text>
      )}
    </div>
  );
}
