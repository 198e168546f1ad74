// Joins the list of canned replies to the field that an agent writes in: opens it, inserts what was picked at the caret, and
// leads to what is left to fill. The field itself stays its own component's.
import { type KeyboardEvent, type RefObject, useCallback, useRef, useState } from "react";
import type { CannedReply, ConversationSummary } from "../../api/types";
import { useOperator } from "../../session/session";
import { blanksIn, fill, valuesOf } from "./fill";

export interface Replies {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean, byKey: boolean) => void;
  onPick: (reply: CannedReply) => void;
  onSlash: () => void;
  /** Opens the list when the key is `/` in the empty field; true when the key is dealt with. */
  opensBy: (event: KeyboardEvent) => boolean;
  /** Whether something is left to fill; selects the first of it. */
  hasBlank: () => boolean;
  /** The name of the first that is left to fill. */
  blank: string | undefined;
}

export function useReplies(
  summary: ConversationSummary,
  text: string,
  write: (next: string) => void,
  box: RefObject<HTMLTextAreaElement | null>,
): Replies {
  const me = useOperator();
  const [isOpen, setOpen] = useState(false);
  /** Where the caret was when the list took the focus. */
  const caret = useRef<[number, number]>([0, 0]);
  const [blank] = blanksIn(text);

  const select = useCallback(
    (start: number, end: number) => {
      // After the list has given the focus back and the new text is in the field.
      window.setTimeout(() => {
        box.current?.focus();
        box.current?.setSelectionRange(start, end);
      });
    },
    [box],
  );
  const onOpenChange = (next: boolean, byKey: boolean) => {
    const { selectionStart = 0, selectionEnd = 0 } = box.current ?? {};
    if (next) caret.current = [selectionStart, selectionEnd];
    setOpen(next);
    // A click elsewhere keeps the focus where it went: words for the note field must not go to the visitor.
    if (!next && byKey) select(...caret.current);
  };
  const insert = (words: string) => {
    const [start, end] = caret.current;
    write(text.slice(0, start) + words + text.slice(end));
    setOpen(false);
    const [first] = blanksIn(words);
    const after = start + words.length;
    if (first) select(start + first.start, start + first.end);
    else select(after, after);
  };

  return {
    isOpen,
    onOpenChange,
    onPick: (reply) => insert(fill(reply.text, valuesOf(summary, me.name))),
    onSlash: () => insert("/"),
    opensBy: (event) => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.nativeEvent.isComposing;
      if (event.key !== "/" || text !== "" || !isPlain) return false;
      event.preventDefault();
      onOpenChange(true, true);
      return true;
    },
    hasBlank: () => {
      if (blank) select(blank.start, blank.end);
      return blank !== undefined;
    },
    blank: blank?.name,
  };
}
