// The inbox: what is offered, waiting in routing order, one's own, for supervisors all, those nobody answered, closed. Follows the live events; counts stand on the tabs.
import { Button, CounterBadge, makeStyles, Tab, TabList, Text, tokens } from "@fluentui/react-components";
import { ChatOffRegular, CheckmarkCircleRegular, HistoryRegular, PlugDisconnectedRegular, TrayItemAddRegular } from "@fluentui/react-icons";
import type { UseInfiniteQueryResult, UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useCallback } from "react";
import { useSearchParams } from "react-router";
import type { AgentConversation } from "../../api/types";
import { useOperator } from "../../session/session";
import { EmptyState } from "../../shell/EmptyState";
import { PageLoading } from "../../shell/PageLoading";
import { ProblemBar } from "../../shell/ProblemBar";
import { useTitle } from "../../shell/useTitle";
import { AlertsButton } from "../alerts/AlertsButton";
import { AwayBar } from "../availability/AvailabilityMenu";
import { useLive } from "../live/LiveProvider";
import { SearchLink } from "../search/SearchLink";
import { Shortcuts } from "../shortcuts/Shortcuts";
import { type Listed, useAllOpen, useClosed, useMine, useToDo, useUnanswered, useWaiting } from "../useLists";
import { AcceptNext } from "./AcceptNext";
import { InboxItem } from "./InboxItem";
import { Offered } from "./Offered";
import { VirtualList } from "./VirtualList";

const useStyles = makeStyles({
  head: { flexShrink: 0, padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM} 0` },
  line: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalXS },
  title: {
    flexGrow: 1,
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    paddingInline: tokens.spacingHorizontalS,
  },
  // With counts a supervisor's five do not always fit beside each other.
  tabs: { flexWrap: "wrap" },
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
  problem: { padding: tokens.spacingHorizontalM },
});

const names = { waiting: "Waiting", active: "Mine", all: "All", unanswered: "Unanswered", closed: "Closed" };
type Part = keyof typeof names;
const isPart = (tab: string | null): tab is Part => tab !== null && Object.hasOwn(names, tab);

export function Inbox({ selected }: { selected: string | undefined }) {
  const styles = useStyles();
  const [search, setSearch] = useSearchParams();
  const asked = search.get("tab");
  const isSupervisor = useOperator().role === "supervisor";
  const tab = isPart(asked) && (asked !== "all" || isSupervisor) ? asked : "waiting";
  const { connection } = useLive();
  const toDo = useToDo();
  useTitle("Inbox");

  return (
    <>
      <div className={styles.head}>
        <div className={styles.line}>
          <h1 className={styles.title}>Inbox</h1>
          <AcceptNext />
          <SearchLink />
          <AlertsButton />
          <Shortcuts />
        </div>
        <TabList
          className={styles.tabs}
          selectedValue={tab}
          onTabSelect={(_, { value }) => setSearch(value === "waiting" ? {} : { tab: String(value) }, { replace: true })}
          size="small"
          aria-label="Conversations by state"
        >
          <Tab value="waiting">
            <Counted count={toDo.waiting} isMore={toDo.isMore}>
              {names.waiting}
            </Counted>
          </Tab>
          <Tab value="active">
            <Counted count={toDo.unread}>{names.active}</Counted>
          </Tab>
          {isSupervisor && <Tab value="all">{names.all}</Tab>}
          <Tab value="unanswered">{names.unanswered}</Tab>
          <Tab value="closed">{names.closed}</Tab>
        </TabList>
      </div>
      <AwayBar />
      {connection === "lost" && (
        <div className={styles.lost} role="status">
          <PlugDisconnectedRegular aria-hidden />
          Not live: connecting again…
        </div>
      )}
      <Offered selected={selected} tab={tab} />
      {tab === "all" ? (
        <All selected={selected} />
      ) : tab === "waiting" ? (
        <Waiting selected={selected} />
      ) : tab === "active" ? (
        <Mine selected={selected} />
      ) : tab === "unanswered" ? (
        <Unanswered selected={selected} />
      ) : (
        <Closed selected={selected} />
      )}
    </>
  );
}

function Counted({ count, isMore = false, children }: { count: number; isMore?: boolean; children: string }) {
  const styles = useStyles();
  return (
    <span className={styles.tab}>
      {children}
      {count > 0 && (
        // More than are loaded are told as "200+".
        <CounterBadge count={isMore ? count + 1 : count} overflowCount={isMore ? count : 9999} size="small" color="brand" />
      )}
    </span>
  );
}

const Waiting = ({ selected }: { selected: string | undefined }) => (
  <Pages list={useWaiting()} selected={selected} tab="waiting" empty={nobodyWaits} />
);

const All = ({ selected }: { selected: string | undefined }) => (
  <Pages list={useAllOpen(true)} selected={selected} tab="all" empty={noneOpen} />
);

const Unanswered = ({ selected }: { selected: string | undefined }) => (
  <Pages list={useUnanswered()} selected={selected} tab="unanswered" empty={noneUnanswered} />
);

const Closed = ({ selected }: { selected: string | undefined }) => (
  <Pages list={useClosed()} selected={selected} tab="closed" empty={noneClosed} />
);

function Mine({ selected }: { selected: string | undefined }) {
  const mine = useMine();
  if (!mine.data) return <NotYet list={mine} />;
  return <Items items={mine.data} selected={selected} tab="active" empty={noneMine} isWhole onMore={nothing} />;
}

interface PagesProps {
  list: UseInfiniteQueryResult<Listed>;
  selected: string | undefined;
  tab: Part;
  empty: ReactNode;
}

function Pages({ list, selected, tab, empty }: PagesProps) {
  const { data, error, isFetching, isFetchNextPageError, fetchNextPage } = list;
  // What is being read is not read over again for the next page: that comes when it is there. Nor is a page that failed, unless
  // somebody asks.
  const onMore = useCallback(() => {
    if (!isFetching && !isFetchNextPageError) void fetchNextPage({ cancelRefetch: false });
  }, [fetchNextPage, isFetching, isFetchNextPageError]);
  if (!data) return <NotYet list={list} />;
  const problem = isFetchNextPageError && !isFetching && <NotRead error={error} onRetry={() => void fetchNextPage()} />;
  return (
    <Items items={data.items} selected={selected} tab={tab} empty={empty} isWhole={data.isWhole} onMore={onMore} problem={problem} />
  );
}

function NotYet({ list: { error, refetch } }: { list: Pick<UseQueryResult, "error"> & { refetch: () => unknown } }) {
  return error ? <NotRead error={error} onRetry={() => void refetch()} /> : <PageLoading />;
}

function NotRead({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const styles = useStyles();
  return (
    <div className={styles.problem}>
      <ProblemBar error={error} actions={<Button onClick={onRetry}>Try again</Button>} />
    </div>
  );
}

interface ItemsProps {
  items: AgentConversation[];
  selected: string | undefined;
  tab: Part;
  empty: ReactNode;
  isWhole: boolean;
  onMore: () => void;
  problem?: ReactNode;
}

function Items({ items, selected, tab, empty, isWhole, onMore, problem }: ItemsProps) {
  const me = useOperator();
  if (items.length === 0 && isWhole) return empty;
  return (
    <VirtualList
      key={tab}
      label={`${names[tab]} conversations`}
      items={items}
      isWhole={isWhole}
      onMore={onMore}
      problem={problem}
      row={(conversation) => (
        <InboxItem
          conversation={conversation}
          isSelected={conversation.id === selected}
          isMine={conversation.agent?.id === me.id}
          tab={tab}
        />
      )}
    />
  );
}

const nothing = () => {};

const nobodyWaits = (
  <EmptyState icon={<CheckmarkCircleRegular />} title="Nobody waits">
    New chats appear here by themselves, the most urgent first.
  </EmptyState>
);
const noneOpen = (
  <EmptyState icon={<CheckmarkCircleRegular />} title="No open chat">
    Chats of all queues stand here, those that wait and those that agents have.
  </EmptyState>
);
const noneMine = (
  <EmptyState icon={<TrayItemAddRegular />} title="No active chat">
    Accept a waiting conversation; it then stands here.
  </EmptyState>
);
const noneUnanswered = (
  <EmptyState icon={<ChatOffRegular />} title="Nobody left unanswered">
    Conversations that ended while they waited stand here.
  </EmptyState>
);
const noneClosed = (
  <EmptyState icon={<HistoryRegular />} title="Nothing closed yet">
    <Text>Conversations that are over can be read here.</Text>
  </EmptyState>
);
