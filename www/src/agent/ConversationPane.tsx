// One conversation: its summary first, its chat beside it. Narrower windows show one of the two at a time.
import { Button, makeStyles, mergeClasses, Tab, TabList, tokens } from "@fluentui/react-components";
import { ChatDismissRegular } from "@fluentui/react-icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "react-router";
import { ApiProblem } from "../api/problem";
import { useOperator } from "../session/session";
import { EmptyState } from "../shell/EmptyState";
import { PageLoading } from "../shell/PageLoading";
import { ProblemBar } from "../shell/ProblemBar";
import { LinkButton } from "../shell/RouterLink";
import { readSummary } from "./agentApi";
import { ChatPanel } from "./chat/ChatPanel";
import { KeptWords } from "./chat/KeptWords";
import { ConversationHeader } from "./ConversationHeader";
import { OfferBar } from "./handOver/OfferBar";
import { summaryKey } from "./keys";
import { PrintSheet } from "./print/PrintSheet";
import { SamePerson } from "./summary/SamePerson";
import { Summary } from "./summary/Summary";

const wide = "@media (min-width: 1200px)";

const useStyles = makeStyles({
  pane: { display: "flex", flexDirection: "column", flexGrow: 1, minHeight: 0 },
  tabs: {
    flexShrink: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    [wide]: { display: "none" },
  },
  columns: { display: "flex", flexGrow: 1, minHeight: 0 },
  summary: {
    flexGrow: 1,
    minWidth: 0,
    overflowY: "auto",
    backgroundColor: tokens.colorNeutralBackground1,
    [wide]: {
      flexGrow: 0,
      flexShrink: 0,
      width: "360px",
      borderInlineEndWidth: "1px",
      borderInlineEndStyle: "solid",
      borderInlineEndColor: tokens.colorNeutralStroke2,
      boxSizing: "border-box",
    },
  },
  chat: { display: "flex", flexDirection: "column", flexGrow: 1, minWidth: 0, minHeight: 0 },
  other: { display: "none", [wide]: { display: "flex" } },
  otherBlock: { display: "none", [wide]: { display: "block" } },
  nothing: { margin: "auto" },
  problem: { padding: tokens.spacingHorizontalL },
});

export function ConversationPane({ id }: { id: string }) {
  const styles = useStyles();
  const me = useOperator();
  const { data: summary, error, isPending, refetch } = useQuery({
    queryKey: summaryKey(id),
    queryFn: () => readSummary(id),
  });
  const [picked, setPicked] = useState<"summary" | "chat" | null>(null);
  // Whoever has just accepted it goes on with writing.
  const { state } = useLocation();
  const [isAccepted, setAccepted] = useState(isAcceptedState(state));
  const [conflict, setConflict] = useState<string | null>(null);

  const cache = useQueryClient();
  const refresh = () => void cache.invalidateQueries({ queryKey: summaryKey(id) });
  const isMine = summary?.state === "active" && summary.agent?.id === me.id;
  // Whoever had it while they looked at it is told when they lose it, and still sees what they were writing.
  const [wasMine, setWasMine] = useState(false);
  if (isMine && !wasMine) setWasMine(true);

  if (isPending) return <PageLoading />;
  const isGone = error instanceof ApiProblem && (error.status === 404 || error.status === 403);
  if (isGone || (!summary && error)) {
    return isGone ? (
      <div className={styles.nothing}>
        <EmptyState
          isPage
          icon={<ChatDismissRegular />}
          title={
            conflict !== null
              ? "Another agent was faster"
              : wasMine
                ? "You do not have this conversation any more"
                : "This conversation is not yours to see"
          }
          action={<LinkButton to="/agent">Back to the inbox</LinkButton>}
        >
          {conflict ??
            (wasMine
              ? whoHasIt(error) ?? "Another agent has it now, or it moved to a queue you do not serve."
              : "Another agent took it, it moved to a queue you do not serve, or the link is wrong.")}
        </EmptyState>
        <KeptWords id={id} />
      </div>
    ) : (
      <div className={styles.problem}>
        <ProblemBar error={error} actions={<Button onClick={() => void refetch()}>Try again</Button>} />
      </div>
    );
  }
  if (!summary) return <PageLoading />;

  // Before it is taken the summary matters, afterwards the chat.
  const shown = picked ?? (wasMine ? "chat" : "summary");
  return (
    <div className={styles.pane}>
      <PrintSheet summary={summary} />
      <ConversationHeader
        summary={summary}
        isMine={isMine}
        onAccepted={() => {
          setPicked("chat");
          setAccepted(true);
        }}
        onConflict={setConflict}
      />
      {summary.offer != null && summary.state === "active" && (
        <OfferBar
          id={id}
          offer={summary.offer}
          onChanged={refresh}
          onAccepted={() => {
            setPicked("chat");
            setAccepted(true);
          }}
        />
      )}
      <TabList
        className={styles.tabs}
        selectedValue={shown}
        onTabSelect={(_, { value }) => setPicked(value === "chat" ? "chat" : "summary")}
      >
        <Tab value="summary">Summary</Tab>
        <Tab value="chat">Chat</Tab>
      </TabList>
      <div className={styles.columns}>
        <aside aria-label="Conversation summary" className={mergeClasses(styles.summary, shown !== "summary" && styles.otherBlock)}>
          <Summary summary={summary} others={<SamePerson summary={summary} />} />
        </aside>
        <section aria-label="Chat" className={mergeClasses(styles.chat, shown !== "chat" && styles.other)}>
          <ChatPanel summary={summary} isMine={isMine} wasMine={wasMine} isAccepted={isAccepted} />
        </section>
      </div>
    </div>
  );
}

/** Only that it is another's, and whose, is told of one's own. */
const whoHasIt = (error: unknown): string | null => (error instanceof ApiProblem && error.status === 403 ? error.message : null);

const isAcceptedState = (state: unknown): boolean =>
  typeof state === "object" && state !== null && "accepted" in state && state.accepted === true;
