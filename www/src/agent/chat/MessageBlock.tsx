// Messages of one person that follow each other: name and time once, each text in a bubble of its own.
import { Button, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { formatFull, formatTimeOfDay } from "../../shell/times";
import { FileBubble } from "./FileBubble";
import { LinkedText } from "./links";
import type { Block } from "./messages";
import type { Outbox, PendingMessage } from "./Outbox";

const useStyles = makeStyles({
  block: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "3px", maxWidth: "min(78%, 620px)" },
  own: { alignSelf: "flex-end", alignItems: "flex-end" },
  head: { display: "flex", gap: tokens.spacingHorizontalS, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  bubble: {
    maxWidth: "100%",
    boxSizing: "border-box",
    margin: 0,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
    unicodeBidi: "isolate",
  },
  ownBubble: {
    backgroundColor: tokens.colorBrandBackground2,
    borderTopColor: "transparent",
    borderBottomColor: "transparent",
    borderLeftColor: "transparent",
    borderRightColor: "transparent",
  },
  pending: { opacity: 0.7 },
  choices: { display: "inline-flex", gap: tokens.spacingHorizontalXS },
  failed: { textAlign: "end", color: tokens.colorStatusDangerForeground1, fontSize: tokens.fontSizeBase200 },
});

export function MessageBlock({ conversation, block, visitor }: { conversation: string; block: Block; visitor: string }) {
  const styles = useStyles();
  const isOwn = block.from === "agent";
  const first = block.messages[0];
  return (
    <div className={mergeClasses(styles.block, isOwn && styles.own)}>
      <div className={styles.head}>
        <bdi>{isOwn ? (block.name ?? "Agent") : visitor}</bdi>
        {first && (
          <time dateTime={first.sentAt} title={formatFull(first.sentAt)}>
            {formatTimeOfDay(first.sentAt)}
          </time>
        )}
      </div>
      {block.messages.map(({ id, text, attachment }) =>
        attachment ? (
          <FileBubble key={id} conversation={conversation} file={attachment} />
        ) : (
          <p key={id} className={mergeClasses(styles.bubble, isOwn && styles.ownBubble)} dir="auto">
            <LinkedText text={text} />
          </p>
        ),
      )}
    </div>
  );
}

export function PendingBubble({ message, outbox }: { message: PendingMessage; outbox: Outbox }) {
  const styles = useStyles();
  return (
    <div className={mergeClasses(styles.block, styles.own)}>
      <p className={mergeClasses(styles.bubble, styles.ownBubble, styles.pending)} dir="auto">
        {message.text}
      </p>
      {message.failure === null ? (
        <Text size={200}>Sending…</Text>
      ) : (
        <span className={styles.failed} role="alert">
          Not sent: {message.failure}{" "}
          <span className={styles.choices}>
            <Button size="small" onClick={() => outbox.retry(message.clientId)}>
              Send again
            </Button>
            <Button size="small" appearance="subtle" onClick={() => outbox.remove(new Set([message.clientId]))}>
              Discard
            </Button>
          </span>
        </span>
      )}
    </div>
  );
}
