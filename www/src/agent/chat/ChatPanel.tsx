// The chat of one conversation: what was said, and, for the agent who has it, what to say.
import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import type { ConversationSummary } from "../../api/types";
import { PageLoading } from "../../shell/PageLoading";
import { ProblemBar } from "../../shell/ProblemBar";
import { nameOf } from "../ConversationHeader";
import { useLive } from "../live/LiveProvider";
import { Composer } from "./Composer";
import { MessageLog } from "./MessageLog";
import { NoteBar } from "./NoteBar";
import { useEvents, useNotes } from "./useAsides";
import { useConversation } from "./useConversation";
import { useMessages } from "./useMessages";
import { useOutbox } from "./useOutbox";
import { useReadMark } from "./useReadMark";

const useStyles = makeStyles({
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

export function ChatPanel({ summary, isMine }: { summary: ConversationSummary; isMine: boolean }) {
  const styles = useStyles();
  const { id, state } = summary;
  const messages = useMessages(id);
  const notes = useNotes(id);
  const events = useEvents(id);
  const conversation = useConversation(id);
  const outbox = useOutbox(id);
  const { typing, send } = useLive();
  useReadMark(id, isMine, messages.data);

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
    <>
      <MessageLog
        messages={messages.data}
        notes={notes.data ?? []}
        events={events.data ?? []}
        pending={outbox.pending}
        onRetry={outbox.retry}
        visitor={nameOf(summary)}
        isVisitorTyping={typing.has(id)}
        readByVisitor={conversation?.readByVisitor ?? 0}
      />
      {notes.error && (
        <div className={styles.problem}>
          <ProblemBar
            error={notes.error}
            title="The notes could not be read"
            actions={<Button onClick={() => void notes.refetch()}>Try again</Button>}
          />
        </div>
      )}
      <NoteBar id={id} />
      {isMine ? (
        <Composer id={id} summary={summary} onSend={outbox.send} onTyping={() => send({ type: "typing", conversation: id })} />
      ) : (
        <Text className={styles.note}>
          {state === "waiting"
            ? "Accept the conversation to answer."
            : state === "closed"
              ? "This conversation is closed."
              : `${summary.agent?.name ?? "Another agent"} has this conversation.`}
        </Text>
      )}
    </>
  );
}
