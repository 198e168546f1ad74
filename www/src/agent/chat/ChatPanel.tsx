// The chat of one conversation: what was said, and, for the agent who has it, what to say.
import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, Text, tokens } from "@fluentui/react-components";
import type { ConversationSummary } from "../../api/types";
import { useOperator } from "../../session/session";
import { readUnfinished } from "../../session/unfinished";
import { useAttention, useOnScreen } from "../../shell/attention";
import { PageLoading } from "../../shell/PageLoading";
import { ProblemBar } from "../../shell/ProblemBar";
import { useLook } from "../alerts/tabs";
import { mayWrapUp, nameOf } from "../ConversationHeader";
import { useLive } from "../live/LiveProvider";
import { Composer, draftName } from "./Composer";
import { KeptNotes } from "./KeptWords";
import { MessageLog } from "./MessageLog";
import { NoteBar } from "./NoteBar";
import { useEvents, useNotes } from "./useAsides";
import { useConversation } from "./useConversation";
import { useDrop } from "./useDrop";
import { useMessages } from "./useMessages";
import { useOutbox } from "./useOutbox";
import { useReadMark } from "./useReadMark";
import { useUploads } from "./useUploads";

const useStyles = makeStyles({
  panel: { position: "relative", display: "flex", flexDirection: "column", flexGrow: 1, minHeight: 0 },
  drop: {
    position: "absolute",
    inset: tokens.spacingHorizontalS,
    zIndex: 1,
    display: "grid",
    placeItems: "center",
    // What is dragged is over what lies below: the area would think that it left.
    pointerEvents: "none",
    borderRadius: tokens.borderRadiusXLarge,
    border: `2px dashed ${tokens.colorBrandStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1,
    opacity: 0.95,
  },
  lost: { flexShrink: 0 },
  keptNote: {
    flexShrink: 0,
    maxHeight: "30%",
    overflowY: "auto",
    paddingBlockEnd: tokens.spacingVerticalM,
    backgroundColor: tokens.colorNeutralBackground1,
    ":empty": { display: "none" },
  },
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
  /** They had it while they looked at it. */
  wasMine: boolean;
  /** It was accepted here a moment ago. */
  isAccepted: boolean;
}

export function ChatPanel({ summary, isMine, wasMine, isAccepted }: ChatPanelProps) {
  const styles = useStyles();
  const me = useOperator();
  const hasJoined = summary.joined.some((other) => other.id === me.id);
  const mayWrite = isMine || hasJoined;
  const { id, state } = summary;
  const messages = useMessages(id);
  const notes = useNotes(id);
  const events = useEvents(id);
  const conversation = useConversation(id);
  const { outbox, pending } = useOutbox(id, messages.data);
  const { typing, send } = useLive();
  const { uploads, underWay } = useUploads(id, messages.data);
  const policy = mayWrite ? (summary.files ?? null) : null;
  const sendFiles = (files: File[]) => policy && uploads.add(files, policy);
  const { isOver, handlers } = useDrop(policy && sendFiles);
  const hasDraft = readUnfinished(me.id, draftName(id)) !== null;
  const isLost = wasMine && !isMine && state !== "closed";
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
    <div ref={panel} className={styles.panel} {...handlers}>
      {isOver && (
        <div className={styles.drop}>
          <Text size={500}>Drop to send</Text>
        </div>
      )}
      <MessageLog
        conversation={id}
        messages={messages.data}
        notes={notes.data ?? []}
        events={events.data ?? []}
        pending={pending}
        outbox={outbox}
        uploads={uploads}
        underWay={underWay}
        visitor={nameOf(summary)}
        isVisitorTyping={typing.has(id)}
        deliveredToVisitor={conversation?.deliveredToVisitor ?? 0}
        readByVisitor={conversation?.readByVisitor ?? 0}
        end={end}
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
      {!summary.isReadOnly && <NoteBar id={id} />}
      {isLost && (
        <MessageBar intent="warning" layout="multiline" role="alert" className={styles.lost}>
          <MessageBarBody>
            <MessageBarTitle>You do not have this conversation any more</MessageBarTitle>
            {state === "waiting"
              ? "It went back in line, in front. Accept it to go on."
              : `${summary.agent?.name ?? "Another agent"} has it now.`}
          </MessageBarBody>
        </MessageBar>
      )}
      {!isMine && (
        <div className={styles.keptNote}>
          <KeptNotes id={id} isClosable={mayWrapUp(summary, me.id)} isReadOnly={summary.isReadOnly} />
        </div>
      )}
      {mayWrite || hasDraft ? (
        <Composer
          id={id}
          summary={summary}
          isFocused={isAccepted}
          locked={mayWrite ? null : whyNot(summary)}
          files={policy}
          onFiles={sendFiles}
          onSend={(text) => outbox.send(text)}
          onTyping={() => send({ type: "typing", conversation: id })}
        />
      ) : (
        <Text className={styles.note}>{whyNot(summary)}</Text>
      )}
    </div>
  );
}

/** Why somebody who does not have it cannot answer. */
function whyNot({ state, agent, isReadOnly }: ConversationSummary): string {
  if (isReadOnly) return `${agent?.name ?? "Another agent"} had this conversation. You may read it while you have a chat with the same person.`;
  if (state === "waiting") return "Accept the conversation to answer.";
  return state === "closed" ? "This conversation is closed." : `${agent?.name ?? "Another agent"} has this conversation.`;
}
