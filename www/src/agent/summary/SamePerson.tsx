// The same person's other conversations, which open to be read: those that run elsewhere, so that two agents do not answer one
// question twice, and those that are over. Of what is not this agent's to read it says that it exists.
import { Button, makeStyles, mergeClasses, Spinner, Text, tokens } from "@fluentui/react-components";
import { useEffect, useRef, useState } from "react";
import { Link, useLocation } from "react-router";
import type { ConversationSummary, SamePersonConversation } from "../../api/types";
import { useOperator } from "../../session/session";
import { ProblemBar } from "../../shell/ProblemBar";
import { FullTime } from "../../shell/times";
import { SummarySection } from "./SummarySection";
import { useSamePerson } from "./samePersonApi";

const useStyles = makeStyles({
  list: {
    listStyleType: "none",
    margin: 0,
    padding: 0,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    overflow: "hidden",
    "> li + li": { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  item: {
    display: "flex",
    flexDirection: "column",
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: "none",
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
  },
  link: {
    ":hover": { backgroundColor: tokens.colorSubtleBackgroundHover },
    ":hover > :first-child": { textDecorationLine: "underline" },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  time: { fontWeight: tokens.fontWeightSemibold },
  readable: { color: tokens.colorBrandForegroundLink },
  facts: {
    display: "flex",
    flexWrap: "wrap",
    columnGap: tokens.spacingHorizontalS,
    overflowWrap: "anywhere",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  note: { color: tokens.colorNeutralForeground2 },
  more: { marginTop: tokens.spacingVerticalS },
});

export function SamePerson({ summary }: { summary: ConversationSummary }) {
  // Nobody is the same person as somebody whose identity is not proved.
  return summary.authenticated === "yes" && <Lists id={summary.id} isOver={summary.state === "closed"} />;
}

function Lists({ id, isOver }: { id: string; isOver: boolean }) {
  const styles = useStyles();
  const { items, error, refetch, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = useSamePerson(id);
  const past = useRef<HTMLUListElement>(null);
  const running = items?.filter(({ state }) => state !== "closed") ?? [];
  const over = items?.filter(({ state }) => state === "closed") ?? [];
  // Beside one that is over stand later ones too.
  const title = isOver ? "Other conversations of this person" : "Earlier conversations";

  // The button goes with the last page: whoever uses the keyboard goes on with what came.
  const [goesOnAt, setGoesOnAt] = useState<number | null>(null);
  useEffect(() => {
    if (goesOnAt === null || hasNextPage || isFetchingNextPage) return;
    const item = past.current?.children[goesOnAt];
    (item?.querySelector<HTMLElement>("a") ?? past.current)?.focus();
    setGoesOnAt(null);
  }, [goesOnAt, hasNextPage, isFetchingNextPage]);
  const readOn = () => {
    setGoesOnAt(over.length);
    void fetchNextPage();
  };

  return (
    <>
      {running.length > 0 && (
        <SummarySection title="Other open chats of this person">
          <ul className={styles.list}>
            {running.map((other) => (
              <Item key={other.id} other={other} />
            ))}
          </ul>
        </SummarySection>
      )}
      <SummarySection title={title}>
        {over.length > 0 && (
          <ul className={styles.list} ref={past} tabIndex={-1}>
            {over.map((other) => (
              <Item key={other.id} other={other} />
            ))}
          </ul>
        )}
        {error && (
          <ProblemBar
            error={error}
            title="They could not be read"
            actions={<Button onClick={() => (isFetchNextPageError ? readOn() : void refetch())}>Try again</Button>}
          />
        )}
        {!items && !error && <Spinner size="tiny" labelPosition="after" label="Reading…" />}
        {items && over.length === 0 && !hasNextPage && !error && (
          <Text className={styles.note}>{isOver ? "None besides this one" : "None before this one"}</Text>
        )}
        {hasNextPage && (
          <Button className={styles.more} size="small" disabledFocusable={isFetchingNextPage} onClick={() => isFetchingNextPage || readOn()}>
            {isFetchingNextPage ? "Reading…" : "Show more"}
          </Button>
        )}
      </SummarySection>
    </>
  );
}

function Item({ other }: { other: SamePersonConversation }) {
  const styles = useStyles();
  const me = useOperator();
  const { search } = useLocation();
  const { id, state, queue, agent, startedAt, closingReason, pageUrl, isReadable } = other;
  const host = state === "closed" ? null : hostOf(pageUrl);
  const lines = (
    <>
      <span className={mergeClasses(styles.time, isReadable && styles.readable)}>
        <FullTime time={startedAt} />
      </span>
      <span className={styles.facts}>
        <bdi>{queue.name}</bdi>
        <bdi>{standing(state, agent?.id === me.id ? "you" : (agent?.name ?? null))}</bdi>
        {closingReason != null && <bdi>{closingReason}</bdi>}
        {host !== null && <bdi>on {host}</bdi>}
        {!isReadable && <span>not yours to read</span>}
      </span>
    </>
  );
  return (
    <li>
      {isReadable ? (
        <Link to={`/agent/${id}${search}`} className={mergeClasses(styles.item, styles.link)}>
          {lines}
        </Link>
      ) : (
        <div className={styles.item}>{lines}</div>
      )}
    </li>
  );
}

function standing(state: SamePersonConversation["state"], who: string | null): string {
  if (state === "waiting") return "waiting";
  if (state === "active") return `active with ${who}`;
  return who === null ? "ended unanswered" : `was with ${who}`;
}

/** The website that it runs on; null where nothing is told of it. */
function hostOf(pageUrl: string | null | undefined): string | null {
  return pageUrl != null && URL.canParse(pageUrl) ? new URL(pageUrl).host || null : null;
}
