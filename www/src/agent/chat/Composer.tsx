// Where the agent writes. Enter sends, Shift+Enter begins a new line. A draft survives a reload and a look at other pages.
import { Button, makeStyles, Text, Textarea, tokens } from "@fluentui/react-components";
import { SendFilled } from "@fluentui/react-icons";
import { type KeyboardEvent, useRef, useState } from "react";
import type { ConversationSummary, FilePolicy } from "../../api/types";
import { useOperator } from "../../session/session";
import { keepUnfinished, readUnfinished } from "../../session/unfinished";
import { ReplyPicker } from "../replies/ReplyPicker";
import { useReplies } from "../replies/useReplies";
import { AttachButton } from "./AttachButton";

const useStyles = makeStyles({
  composer: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) auto auto",
    gap: tokens.spacingHorizontalS,
    alignItems: "end",
    flexShrink: 0,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    "@media (max-width: 639px)": { padding: tokens.spacingHorizontalM },
  },
  text: { width: "100%" },
  tools: { display: "flex" },
  hint: { gridColumnEnd: "span 3", color: tokens.colorNeutralForeground2, "@media (pointer: coarse)": { display: "none" } },
  locked: { gridColumnEnd: "span 3", color: tokens.colorNeutralForeground2 },
  toFill: { gridColumnEnd: "span 3", color: tokens.colorStatusWarningForeground1 },
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
  /** What canned replies are filled from. */
  summary: ConversationSummary;
  /** Whether it takes the focus when it appears. */
  isFocused?: boolean;
  /** Why nothing can be sent now; what was written stays to be read. */
  locked?: string | null;
  /** Which files may be sent; null where none may. */
  files?: FilePolicy | null;
  onFiles?: (files: File[]) => void;
  onSend: (text: string) => void;
  onTyping: () => void;
}

export function Composer(props: ComposerProps) {
  const { id, summary, isFocused = false, locked = null, files = null, onFiles = () => {}, onSend, onTyping } = props;
  const styles = useStyles();
  const { id: operator } = useOperator();
  const [text, setText] = useState(() => readUnfinished(operator, draftName(id)) ?? "");
  const lastTyping = useRef(0);
  const box = useRef<HTMLTextAreaElement>(null);
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
  const replies = useReplies(summary, text, write, box);
  const send = () => {
    if (!canSend || replies.hasBlank()) return;
    onSend(text.trim());
    write("");
    lastTyping.current = 0;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (locked === null && replies.opensBy(event)) return;
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
        textarea={{ ref: box }}
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
        onPaste={(event) => {
          // A copied table is text and a picture: the text is meant.
          if (files === null || locked !== null || event.clipboardData.types.includes("text/plain")) return;
          const pasted = [...event.clipboardData.files];
          if (pasted.length === 0) return;
          event.preventDefault();
          onFiles(pasted);
        }}
      />
      <span className={styles.tools}>
        {files !== null && locked === null && <AttachButton policy={files} onFiles={onFiles} />}
        <ReplyPicker isOpen={replies.isOpen} onOpenChange={replies.onOpenChange} onPick={replies.onPick} onSlash={replies.onSlash} />
      </span>
      <Button type="submit" appearance="primary" icon={<SendFilled />} disabledFocusable={!canSend}>
        Send
      </Button>
      {locked !== null ? (
        <Text size={200} className={styles.locked}>
          {locked} What you wrote is kept.
        </Text>
      ) : replies.blank !== undefined ? (
        <Text size={200} className={styles.toFill} role="status">
          Fill in ‹{replies.blank}› before you send.
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
