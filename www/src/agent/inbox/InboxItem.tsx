// One conversation in the inbox. Whether it is authenticated stands outside of any text a visitor chose.
import { CounterBadge, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ArrowUpFilled } from "@fluentui/react-icons";
import { useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { NavLink } from "react-router";
import type { AgentConversation, InboxState } from "../../api/types";
import { useOperator } from "../../session/session";
import { RelativeTime } from "../../shell/times";
import { outboxOf } from "../chat/Outbox";
import { uploadsOf } from "../chat/Uploads";
import { useLive } from "../live/LiveProvider";
import { IdentityMark } from "../summary/IdentityMark";
import { PresenceMark } from "../summary/PresenceMark";
import { visitorName } from "../visitorName";
import { unreadOf } from "./order";
import { WaitingTime } from "./WaitingTime";

const useStyles = makeStyles({
  link: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) auto",
    columnGap: tokens.spacingHorizontalS,
    rowGap: "2px",
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusLarge,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: "none",
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    ":hover": { backgroundColor: tokens.colorSubtleBackgroundHover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  selected: {
    backgroundColor: tokens.colorBrandBackground2,
    // The hover's own colour is too dark for the marks on it.
    ":hover": { backgroundColor: tokens.colorBrandBackground2 },
  },
  who: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", fontWeight: tokens.fontWeightSemibold },
  unknown: { fontStyle: "italic", fontWeight: tokens.fontWeightRegular },
  time: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  text: {
    gridColumnStart: 1,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    color: tokens.colorNeutralForeground2,
  },
  count: { justifySelf: "end", alignSelf: "center" },
  unreadText: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  typing: { color: tokens.colorBrandForeground1 },
  facts: {
    display: "flex",
    alignItems: "center",
    flexWrap: "wrap",
    columnGap: tokens.spacingHorizontalS,
    gridColumnEnd: "span 2",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  notSent: { color: tokens.colorStatusDangerForeground1, fontWeight: tokens.fontWeightSemibold },
  back: { color: tokens.colorBrandForeground1, fontWeight: tokens.fontWeightSemibold },
  urgent: { display: "inline-flex", alignItems: "center", gap: "2px" },
});

export interface InboxItemProps {
  conversation: AgentConversation;
  isSelected: boolean;
  isMine: boolean;
  tab: InboxState;
}

export function InboxItem({ conversation, isSelected, isMine, tab }: InboxItemProps) {
  const styles = useStyles();
  const isTyping = useLive().typing.has(conversation.id);
  const { state, visitor, lastText, queue, priority, agent, handedBack, pushed, visitorPresence } = conversation;
  const unread = state === "closed" ? 0 : unreadOf(conversation);
  return (
    <NavLink
      to={`/agent/${conversation.id}${tab === "waiting" ? "" : `?tab=${tab}`}`}
      className={mergeClasses(styles.link, isSelected && styles.selected)}
    >
      <bdi className={mergeClasses(styles.who, visitor == null && styles.unknown)}>{visitorName(conversation)}</bdi>
      {state === "waiting" ? (
        <WaitingTime since={conversation.startedAt} isBack={handedBack} />
      ) : (
        <RelativeTime time={conversation.closedAt ?? conversation.startedAt} className={styles.time} />
      )}
      <bdi className={mergeClasses(styles.text, unread > 0 && styles.unreadText, isTyping && styles.typing)}>
        {isTyping ? "is typing…" : (lastText ?? "No message yet")}
      </bdi>
      {unread > 0 ? (
        <CounterBadge className={styles.count} count={unread} size="small" color="brand" aria-label={`${unread} unread`} />
      ) : (
        <span />
      )}
      <span className={styles.facts}>
        <IdentityMark authenticated={conversation.authenticated} identity={conversation.identity} />
        <bdi>{queue.name}</bdi>
        {priority !== 0 && (
          <span className={styles.urgent} title="Priority">
            <ArrowUpFilled aria-label="Priority" fontSize={12} />
            {priority}
          </span>
        )}
        {conversation.closingReason != null && <bdi>{conversation.closingReason}</bdi>}
        {state !== "closed" && <PresenceMark presence={visitorPresence} />}
        {handedBack && state === "waiting" && <span className={styles.back}>back in line</span>}
        {pushed && isMine && state === "active" && <span className={styles.back}>given to you</span>}
        {isMine && <NotSent id={conversation.id} />}
        {isMine && conversation.offer != null && <bdi>offered to {conversation.offer.to.name}</bdi>}
        {agent && !isMine && <bdi>with {agent.name}</bdi>}
      </span>
    </NavLink>
  );
}

/** Says that something the agent wrote, or a file, did not arrive, also where its conversation is not looked at. */
function NotSent({ id }: { id: string }) {
  const styles = useStyles();
  const [cache, operator] = [useQueryClient(), useOperator().id];
  const [outbox, uploads] = [outboxOf(cache, operator, id), uploadsOf(cache, operator, id)];
  const pending = useSyncExternalStore(outbox.subscribe, () => outbox.pending);
  const files = useSyncExternalStore(uploads.subscribe, () => uploads.all);
  return [...pending, ...files].some(({ failure }) => failure !== null) && <span className={styles.notSent}>Not sent</span>;
}
