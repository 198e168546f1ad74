// One conversation that was found: who, when, where it stands, and the message with the words.
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Link } from "react-router";
import type { AgentConversation, FoundConversation } from "../../api/types";
import { useOperator } from "../../session/session";
import { FullTime } from "../../shell/times";
import { IdentityMark } from "../summary/IdentityMark";
import { visitorName } from "../visitorName";
import { marked } from "./searchValues";

const useStyles = makeStyles({
  link: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) auto",
    columnGap: tokens.spacingHorizontalM,
    rowGap: "2px",
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: "none",
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    ":hover": { backgroundColor: tokens.colorSubtleBackgroundHover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  who: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", fontWeight: tokens.fontWeightSemibold },
  unknown: { fontStyle: "italic", fontWeight: tokens.fontWeightRegular },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  text: { gridColumnEnd: "span 2", overflowWrap: "anywhere", color: tokens.colorNeutralForeground2 },
  wanted: {
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    borderRadius: tokens.borderRadiusSmall,
  },
  facts: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    columnGap: tokens.spacingHorizontalS,
    gridColumnEnd: "span 2",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
});

export function FoundItem({ found: { conversation, message }, words }: { found: FoundConversation; words: string }) {
  const styles = useStyles();
  const me = useOperator();
  const { visitor, queue, startedAt, lastText, closingReason } = conversation;
  const from = message?.from === "visitor" ? "Visitor" : message?.name;
  return (
    <Link to={`/agent/${conversation.id}`} className={styles.link}>
      <bdi className={mergeClasses(styles.who, visitor == null && styles.unknown)}>{visitorName(conversation)}</bdi>
      <span className={styles.quiet}>
        <FullTime time={startedAt} />
      </span>
      <span className={styles.text}>
        {message == null ? (
          <bdi>{lastText ?? "No message"}</bdi>
        ) : (
          <>
            <bdi>{from}</bdi>:{" "}
            <bdi>
              {marked(message.excerpt, words).map(({ text, isWanted }, index) =>
                isWanted ? (
                  <mark key={index} className={styles.wanted}>
                    {text}
                  </mark>
                ) : (
                  text
                ),
              )}
            </bdi>
          </>
        )}
      </span>
      <span className={styles.facts}>
        <IdentityMark authenticated={conversation.authenticated} identity={conversation.identity} />
        <bdi>{queue.name}</bdi>
        <bdi>{stateText(conversation, me.id)}</bdi>
        {closingReason != null && <bdi>{closingReason}</bdi>}
      </span>
    </Link>
  );
}

function stateText({ state, agent }: AgentConversation, me: string): string {
  const who = agent == null ? null : agent.id === me ? "you" : agent.name;
  if (state === "waiting") return "waiting";
  if (state === "active") return `active with ${who}`;
  return who === null ? "ended unanswered" : `closed, was with ${who}`;
}
