// What stands between the messages in the log: a note for colleagues, marked as one, and a line for what happened. The visitor
// sees neither.
import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { ConversationEvent, Note } from "../../api/types";
import { formatFull, formatTimeOfDay } from "../../shell/times";
import { eventText } from "./eventText";
import { LinkedText } from "./links";

const useStyles = makeStyles({
  note: {
    alignSelf: "stretch",
    boxSizing: "border-box",
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorStatusWarningBackground1,
    border: `1px dashed ${tokens.colorStatusWarningBorder2}`,
    color: tokens.colorNeutralForeground1,
  },
  head: { display: "flex", flexWrap: "wrap", columnGap: tokens.spacingHorizontalS, fontSize: tokens.fontSizeBase200 },
  text: {
    margin: 0,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
    unicodeBidi: "isolate",
  },
  event: {
    alignSelf: "center",
    maxWidth: "min(90%, 620px)",
    textAlign: "center",
    overflowWrap: "anywhere",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
});

export function NoteBlock({ note }: { note: Note }) {
  const styles = useStyles();
  return (
    <div className={styles.note} role="note" aria-label={`Note by ${note.name}, only for colleagues`}>
      <div className={styles.head}>
        <strong>Note, only for colleagues</strong>
        <bdi>{note.name}</bdi>
        <Time time={note.writtenAt} />
      </div>
      <p className={styles.text} dir="auto">
        <LinkedText text={note.text} />
      </p>
    </div>
  );
}

export function EventLine({ event }: { event: ConversationEvent }) {
  const styles = useStyles();
  const text = eventText(event);
  if (text === null) return null;
  return (
    <Text className={styles.event}>
      <Time time={event.at} /> · <bdi>{text}</bdi>
    </Text>
  );
}

function Time({ time }: { time: string }) {
  return (
    <time dateTime={time} title={formatFull(time)}>
      {formatTimeOfDay(time)}
    </time>
  );
}
