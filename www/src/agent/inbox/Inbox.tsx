// The inbox: waiting in routing order, active, closed. Follows the live events; counts stand on the tabs and in the title.
import { Button, CounterBadge, makeStyles, Tab, TabList, Text, tokens } from "@fluentui/react-components";
import { CheckmarkCircleRegular, HistoryRegular, PlugDisconnectedRegular, TrayItemAddRegular } from "@fluentui/react-icons";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";
import type { AgentConversation, ConversationState } from "../../api/types";
import { usePages } from "../../api/useResource";
import { useOperator } from "../../session/session";
import { EmptyState } from "../../shell/EmptyState";
import { PageLoading } from "../../shell/PageLoading";
import { ProblemBar } from "../../shell/ProblemBar";
import { useTitle } from "../../shell/useTitle";
import { readClosed, readOpen } from "../agentApi";
import { closedKey, openKey } from "../keys";
import { useLive } from "../live/LiveProvider";
import { InboxItem } from "./InboxItem";
import { unreadOf } from "./order";

const useStyles = makeStyles({
  head: { flexShrink: 0, padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM} 0` },
  title: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, paddingInline: tokens.spacingHorizontalS },
  tab: { display: "inline-flex", alignItems: "center", gap: tokens.spacingHorizontalXS },
  lost: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    margin: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorStatusWarningBackground1,
    color: tokens.colorStatusWarningForeground1,
    fontSize: tokens.fontSizeBase200,
  },
  scroll: { flexGrow: 1, minHeight: 0, overflowY: "auto", borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  list: { listStyleType: "none", margin: 0, padding: tokens.spacingHorizontalS },
  problem: { padding: tokens.spacingHorizontalM },
  more: { display: "grid", placeItems: "center", padding: tokens.spacingVerticalM },
});

const states: ConversationState[] = ["waiting", "active", "closed"];
const names: Record<ConversationState, string> = { waiting: "Waiting", active: "Active", closed: "Closed" };

export function Inbox({ selected }: { selected: string | undefined }) {
  const styles = useStyles();
  const [search, setSearch] = useSearchParams();
  const asked = search.get("tab");
  const tab = states.find((state) => state === asked) ?? "waiting";
  const open = useQuery({ queryKey: openKey, queryFn: ({ signal }) => readOpen(signal) });
  const { connection } = useLive();

  const of = (state: ConversationState) => open.data?.filter((conversation) => conversation.state === state) ?? [];
  const waiting = of("waiting");
  const unread = of("active").filter((conversation) => unreadOf(conversation) > 0).length;
  const toDo = waiting.length + unread;
  useTitle(toDo > 0 ? `(${toDo}) Inbox` : "Inbox");

  return (
    <>
      <div className={styles.head}>
        <h1 className={styles.title}>Inbox</h1>
        <TabList
          selectedValue={tab}
          onTabSelect={(_, { value }) => setSearch(value === "waiting" ? {} : { tab: String(value) }, { replace: true })}
          aria-label="Conversations by state"
        >
          <Tab value="waiting">
            <Counted count={waiting.length}>{names.waiting}</Counted>
          </Tab>
          <Tab value="active">
            <Counted count={unread}>{names.active}</Counted>
          </Tab>
          <Tab value="closed">{names.closed}</Tab>
        </TabList>
      </div>
      {connection === "lost" && (
        <div className={styles.lost} role="status">
          <PlugDisconnectedRegular aria-hidden />
          Not live: connecting again…
        </div>
      )}
      <div className={styles.scroll}>
        {tab === "closed" ? (
          <Closed selected={selected} />
        ) : open.data ? (
          <Items items={of(tab)} selected={selected} tab={tab} empty={tab === "waiting" ? nobodyWaits : noneActive} />
        ) : open.error ? (
          <div className={styles.problem}>
            <ProblemBar error={open.error} actions={<Button onClick={() => void open.refetch()}>Try again</Button>} />
          </div>
        ) : (
          <PageLoading />
        )}
      </div>
    </>
  );
}

function Counted({ count, children }: { count: number; children: string }) {
  const styles = useStyles();
  return (
    <span className={styles.tab}>
      {children}
      {count > 0 && <CounterBadge count={count} size="small" color="brand" />}
    </span>
  );
}

function Closed({ selected }: { selected: string | undefined }) {
  const styles = useStyles();
  const closed = usePages(closedKey, readClosed);
  if (closed.isPending) return <PageLoading />;
  if (!closed.data) return <ProblemBar error={closed.error} />;
  return (
    <>
      <Items items={closed.data} selected={selected} tab="closed" empty={noneClosed} />
      {closed.hasNextPage && (
        <div className={styles.more}>
          <Button appearance="subtle" disabledFocusable={closed.isFetchingNextPage} onClick={() => void closed.fetchNextPage()}>
            {closed.isFetchingNextPage ? "Loading…" : "Show more"}
          </Button>
        </div>
      )}
    </>
  );
}

interface ItemsProps {
  items: AgentConversation[];
  selected: string | undefined;
  tab: ConversationState;
  empty: ReactNode;
}

function Items({ items, selected, tab, empty }: ItemsProps) {
  const styles = useStyles();
  const me = useOperator();
  if (items.length === 0) return empty;
  return (
    <ul className={styles.list} aria-label={`${names[tab]} conversations`}>
      {items.map((conversation) => (
        <InboxItem
          key={conversation.id}
          conversation={conversation}
          isSelected={conversation.id === selected}
          isMine={conversation.agent?.id === me.id}
          tab={tab}
        />
      ))}
    </ul>
  );
}

const nobodyWaits = (
  <EmptyState icon={<CheckmarkCircleRegular />} title="Nobody waits">
    New chats appear here by themselves, the most urgent first.
  </EmptyState>
);
const noneActive = (
  <EmptyState icon={<TrayItemAddRegular />} title="No active chat">
    Open a waiting conversation and accept it; it then stands here.
  </EmptyState>
);
const noneClosed = (
  <EmptyState icon={<HistoryRegular />} title="Nothing closed yet">
    <Text>Conversations that are over can be read here.</Text>
  </EmptyState>
);
