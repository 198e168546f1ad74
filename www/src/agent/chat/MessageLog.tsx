// What was said, oldest on top. Stays at the end while the reader is there; otherwise offers the way down.
import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { ArrowDownRegular } from "@fluentui/react-icons";
import { type RefCallback, useLayoutEffect, useRef, useState } from "react";
import type { ConversationEvent, Message, Note } from "../../api/types";
import { formatDay } from "../../shell/times";
import { EventLine, NoteBlock } from "./AsideLines";
import { UploadBubble } from "./FileBubble";
import { type FlowItem, flowByDay, keyOf } from "./flow";
import { MessageBlock, PendingBubble } from "./MessageBlock";
import { TypingDots } from "./TypingDots";
import type { Outbox, PendingMessage } from "./Outbox";
import type { Upload, Uploads } from "./Uploads";

const useStyles = makeStyles({
  frame: { position: "relative", display: "flex", flexDirection: "column", flexGrow: 1, minHeight: 0 },
  log: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    flexGrow: 1,
    minHeight: 0,
    overflowY: "auto",
    padding: tokens.spacingHorizontalL,
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-3px" },
    "@media (max-width: 639px)": { padding: tokens.spacingHorizontalM },
  },
  day: { alignSelf: "center", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  empty: { margin: "auto", textAlign: "center", color: tokens.colorNeutralForeground2 },
  seen: { alignSelf: "flex-end", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, marginTop: `calc(-1 * ${tokens.spacingVerticalS})` },
  // It takes no room: its height takes the place of the gap before it.
  end: { flexShrink: 0, height: "1px", marginTop: `calc(-1px - ${tokens.spacingVerticalM})` },
  down: { position: "absolute", bottom: tokens.spacingVerticalM, insetInlineEnd: tokens.spacingHorizontalL, boxShadow: tokens.shadow8 },
});

/** Nearer to the end than this counts as being there, in pixels. */
const nearEnd = 48;

export interface MessageLogProps {
  conversation: string;
  messages: Message[];
  notes: Note[];
  events: ConversationEvent[];
  pending: readonly PendingMessage[];
  outbox: Outbox;
  underWay: readonly Upload[];
  uploads: Uploads;
  visitor: string;
  isVisitorTyping: boolean;
  /** The highest number that arrived in the visitor's browser, and the highest they have seen. */
  deliveredToVisitor: number;
  readByVisitor: number;
  /** On the screen when the newest message is. */
  end: RefCallback<HTMLElement>;
}

export function MessageLog(props: MessageLogProps) {
  const { conversation, messages, notes, events, pending, outbox, underWay, uploads } = props;
  const { visitor, isVisitorTyping, deliveredToVisitor, readByVisitor, end } = props;
  const styles = useStyles();
  const log = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const lastOwn = messages.findLast(({ from }) => from === "agent");
  const length = messages.length + pending.length + underWay.length;
  const asides = notes.length + events.length;

  useLayoutEffect(() => {
    if (isAtEnd && log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [isAtEnd, length, asides, isVisitorTyping]);
  // What came while the log was hidden or higher is in sight when it is shown or lower.
  useLayoutEffect(() => {
    const { current } = log;
    if (!isAtEnd || !current) return;
    const observer = new ResizeObserver(() => {
      current.scrollTop = current.scrollHeight;
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [isAtEnd]);

  const toEnd = () => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
    setAtEnd(true);
  };

  return (
    <div className={styles.frame}>
      <div
        ref={log}
        className={styles.log}
        role="log"
        aria-label="Messages"
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
          setAtEnd(scrollHeight - scrollTop - clientHeight < nearEnd)
        }
      >
        {length + asides === 0 && <Text className={styles.empty}>No message yet.</Text>}
        {flowByDay(messages, notes, events, formatDay).map(({ day, items }, index) => (
          // A day comes again where the clocks went back.
          <DayOfBlocks key={`${index} ${day}`} day={day}>
            {items.map((item) => (
              <FlowLine key={keyOf(item)} conversation={conversation} item={item} visitor={visitor} />
            ))}
          </DayOfBlocks>
        ))}
        {lastOwn && pending.length === 0 && messages.at(-1) === lastOwn && (
          <Text className={styles.seen}>
            {readByVisitor >= lastOwn.seq ? "Read" : deliveredToVisitor >= lastOwn.seq ? "Delivered" : "Sent"}
          </Text>
        )}
        {pending.map((message) => (
          <PendingBubble key={message.clientId} message={message} outbox={outbox} />
        ))}
        {underWay.map((upload) => (
          <UploadBubble key={upload.clientId} upload={upload} uploads={uploads} />
        ))}
        {isVisitorTyping && <TypingDots name={visitor} />}
        <span ref={end} className={styles.end} />
      </div>
      {!isAtEnd && (
        <Button className={styles.down} shape="circular" icon={<ArrowDownRegular />} aria-label="To the newest message" onClick={toEnd} />
      )}
    </div>
  );
}

function FlowLine({ conversation, item, visitor }: { conversation: string; item: FlowItem; visitor: string }) {
  if (item.kind === "note") return <NoteBlock note={item.note} />;
  if (item.kind === "event") return <EventLine event={item.event} />;
  return <MessageBlock conversation={conversation} block={item.block} visitor={visitor} />;
}

function DayOfBlocks({ day, children }: { day: string; children: React.ReactNode }) {
  const styles = useStyles();
  return (
    <>
      <Text className={styles.day}>{day}</Text>
      {children}
    </>
  );
}
