// Where the agent writes. Enter sends, Shift+Enter begins a new line; a draft survives a look at another conversation.
import { Button, makeStyles, Text, Textarea, tokens } from "@fluentui/react-components";
import { SendFilled } from "@fluentui/react-icons";
import { type KeyboardEvent, useRef, useState } from "react";
import type { ConversationSummary } from "../../api/types";
import { ReplyPicker } from "../replies/ReplyPicker";
import { useReplies } from "../replies/useReplies";

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
  hint: { gridColumnEnd: "span 3", color: tokens.colorNeutralForeground2, "@media (pointer: coarse)": { display: "none" } },
  toFill: { gridColumnEnd: "span 3", color: tokens.colorStatusWarningForeground1 },
  tooLong: { color: tokens.colorStatusDangerForeground1 },
});

/** The server's limit, in characters. */
const longest = 4000;
/** One sign of typing in this many milliseconds; the server passes on no more. */
const typingEvery = 2000;

/** What was written and not sent, by conversation. Kept while the page is open. */
const drafts = new Map<string, string>();

export interface ComposerProps {
  id: string;
  /** What canned replies are filled from. */
  summary: ConversationSummary;
  onSend: (text: string) => void;
  onTyping: () => void;
}

export function Composer({ id, summary, onSend, onTyping }: ComposerProps) {
  const styles = useStyles();
  const [text, setText] = useState(() => drafts.get(id) ?? "");
  const lastTyping = useRef(0);
  const box = useRef<HTMLTextAreaElement>(null);
  const left = longest - [...text].length;
  const canSend = text.trim() !== "" && left >= 0;

  const write = (next: string) => {
    setText(next);
    if (next === "") drafts.delete(id);
    else drafts.set(id, next);
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
    setText("");
    drafts.delete(id);
    lastTyping.current = 0;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (replies.opensBy(event)) return;
    // While an input method composes a word, Enter belongs to it.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
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
        aria-label="Message"
        placeholder="Write an answer"
        dir="auto"
        rows={2}
        resize="vertical"
        value={text}
        onChange={(_, { value }) => write(value)}
        onKeyDown={onKeyDown}
      />
      <ReplyPicker isOpen={replies.isOpen} onOpenChange={replies.onOpenChange} onPick={replies.onPick} onSlash={replies.onSlash} />
      <Button type="submit" appearance="primary" icon={<SendFilled />} disabledFocusable={!canSend}>
        Send
      </Button>
      {replies.blank !== undefined ? (
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
