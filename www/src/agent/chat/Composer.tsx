// Where the agent writes. Enter sends, Shift+Enter begins a new line. A draft survives a reload and a look at other pages.
import { Button, makeStyles, Text, Textarea, tokens } from "@fluentui/react-components";
import { SendFilled } from "@fluentui/react-icons";
import { type KeyboardEvent, useRef, useState } from "react";
import { useOperator } from "../../session/session";
import { keepUnfinished, readUnfinished } from "../../session/unfinished";

const useStyles = makeStyles({
  composer: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) auto",
    gap: tokens.spacingHorizontalS,
    alignItems: "end",
    flexShrink: 0,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    "@media (max-width: 639px)": { padding: tokens.spacingHorizontalM },
  },
  text: { width: "100%" },
  hint: { gridColumnEnd: "span 2", color: tokens.colorNeutralForeground2, "@media (pointer: coarse)": { display: "none" } },
  locked: { gridColumnEnd: "span 2", color: tokens.colorNeutralForeground2 },
  tooLong: { color: tokens.colorStatusDangerForeground1 },
});

/** The server's limit, in characters. */
const longest = 4000;
/** One sign of typing in this many milliseconds; the server passes on no more. */
const typingEvery = 2000;

/** Where the shortcut for writing leads. */
export const composerId = "composer";

/** The name of a conversation's draft among what is unfinished. */
export const draftName = (conversation: string) => `draft:${conversation}`;

export interface ComposerProps {
  id: string;
  /** Whether it takes the focus when it appears. */
  isFocused?: boolean;
  /** Why nothing can be sent now; what was written stays to be read. */
  locked?: string | null;
  onSend: (text: string) => void;
  onTyping: () => void;
}

export function Composer({ id, isFocused = false, locked = null, onSend, onTyping }: ComposerProps) {
  const styles = useStyles();
  const { id: operator } = useOperator();
  const [text, setText] = useState(() => readUnfinished(operator, draftName(id)) ?? "");
  const lastTyping = useRef(0);
  const left = longest - [...text].length;
  const canSend = text.trim() !== "" && left >= 0 && locked === null;

  const write = (next: string) => {
    setText(next);
    keepUnfinished(operator, draftName(id), next);
    const now = performance.now();
    if (next !== "" && now - lastTyping.current >= typingEvery) {
      lastTyping.current = now;
      onTyping();
    }
  };
  const send = () => {
    if (!canSend) return;
    onSend(text.trim());
    write("");
    lastTyping.current = 0;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes a word, Enter belongs to it; 229 is how Safari says so.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        className={styles.text}
        id={composerId}
        aria-label="Message"
        autoFocus={isFocused}
        readOnly={locked !== null}
        placeholder="Write an answer"
        dir="auto"
        rows={2}
        resize="vertical"
        value={text}
        onChange={(_, { value }) => write(value)}
        onKeyDown={onKeyDown}
      />
      <Button type="submit" appearance="primary" icon={<SendFilled />} disabledFocusable={!canSend}>
        Send
      </Button>
      {locked !== null ? (
        <Text size={200} className={styles.locked}>
          {locked} What you wrote is kept.
        </Text>
      ) : left < 200 ? (
        <Text size={200} className={left < 0 ? styles.tooLong : styles.hint} aria-live="polite">
          {left < 0 ? `${-left} characters too many` : `${left} characters left`}
        </Text>
      ) : (
        <Text size={200} className={styles.hint}>
          Enter sends, Shift+Enter begins a new line.
        </Text>
      )}
    </form>
  );
}
