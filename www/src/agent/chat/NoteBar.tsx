// Where an agent writes a note for colleagues. Apart from the field whose text the visitor gets, in another colour, and opened
// on purpose, so that neither is taken for the other.
import { Button, makeStyles, Text, Textarea, tokens } from "@fluentui/react-components";
import { NoteAddRegular } from "@fluentui/react-icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useOperator } from "../../session/session";
import { ProblemBar } from "../../shell/ProblemBar";
import { postNote } from "../deskApi";
import { addNotes } from "../live/applyAside";
import { newClientId } from "./clientId";
import { forgetNoteDraft, keepNoteDraft, type NoteDraft, readNoteDraft } from "./noteDraft";

const useStyles = makeStyles({
  bar: {
    flexShrink: 0,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  form: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
    flexShrink: 0,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorStatusWarningBackground1,
    borderTop: `1px dashed ${tokens.colorStatusWarningBorder2}`,
  },
  foot: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
  hint: { flexGrow: 1, color: tokens.colorNeutralForeground1 },
});

/** The server's limit, in characters. */
const longest = 4000;

export function NoteBar({ id }: { id: string }) {
  const styles = useStyles();
  const { id: operator } = useOperator();
  const [isOpen, setOpen] = useState(() => readNoteDraft(operator, id) !== null);
  const opener = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen) opener.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);

  if (isOpen) return <NoteForm id={id} onDone={() => setOpen(false)} />;
  return (
    <div className={styles.bar}>
      <Button ref={opener} appearance="subtle" size="small" icon={<NoteAddRegular />} onClick={() => setOpen(true)}>
        Note for colleagues
      </Button>
    </div>
  );
}

function NoteForm({ id, onDone }: { id: string; onDone: () => void }) {
  const styles = useStyles();
  const cache = useQueryClient();
  const { id: operator } = useOperator();
  // The client id stays while the text does, so that saving again after a lost answer never says it twice.
  const [draft, setDraft] = useState<NoteDraft>(() => readNoteDraft(operator, id) ?? { clientId: newClientId(), text: "" });
  const { text } = draft;
  const left = longest - [...text].length;
  const box = useRef<HTMLTextAreaElement>(null);
  const saving = useMutation({
    mutationFn: () => postNote(id, draft.clientId, text.trim()),
    onSuccess: (note) => {
      addNotes(cache, id, [note]);
      // Another may have been begun while this one was on its way.
      if (readNoteDraft(operator, id)?.clientId === note.clientId) forgetNoteDraft(operator, id);
      onDone();
    },
  });
  const canSave = text.trim() !== "" && left >= 0 && !saving.isPending;
  useEffect(() => box.current?.focus(), []);

  const write = (next: string) => {
    const changed = { clientId: newClientId(), text: next };
    setDraft(changed);
    keepNoteDraft(operator, id, changed);
  };
  const save = () => canSave && saving.mutate();
  const cancel = () => {
    forgetNoteDraft(operator, id);
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && text === "") return cancel();
    // While an input method composes a word, Enter belongs to it. Safari says so by the key's old code alone.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    save();
  };

  return (
    <form
      className={styles.form}
      aria-label="Note for colleagues"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {saving.error && <ProblemBar error={saving.error} title="The note is not saved" />}
      <Textarea
        textarea={{ ref: box }}
        aria-label="Note, only for colleagues"
        placeholder="The visitor does not see this"
        dir="auto"
        rows={2}
        resize="vertical"
        readOnly={saving.isPending}
        value={text}
        onChange={(_, { value }) => write(value)}
        onKeyDown={onKeyDown}
      />
      <div className={styles.foot}>
        <Text size={200} className={styles.hint} aria-live="polite">
          {left < 0
            ? `${-left} characters too many`
            : left < 200
              ? `${left} characters left`
              : "Only for colleagues: the visitor does not see it."}
        </Text>
        <Button size="small" onClick={cancel}>
          Cancel
        </Button>
        <Button size="small" type="submit" appearance="primary" disabledFocusable={!canSave}>
          {saving.isPending ? "Saving…" : "Save note"}
        </Button>
      </div>
    </form>
  );
}
