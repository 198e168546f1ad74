// What somebody wrote in a conversation that is not theirs any more: still here, to copy.
import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { useOperator } from "../../session/session";
import { readUnfinished } from "../../session/unfinished";
import { CopyButton } from "../../shell/CopyButton";
import { type Act, acts, forgetActNote, readActNote } from "../actNote";
import { useKept } from "../keptHere";
import { draftName } from "./Composer";
import { forgetNoteDraft, readNoteDraft } from "./noteDraft";
import { useOutbox } from "./useOutbox";

const useStyles = makeStyles({
  kept: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) auto",
    alignItems: "start",
    gap: tokens.spacingHorizontalS,
    maxWidth: "480px",
    // On a phone it reaches from edge to edge.
    paddingInline: tokens.spacingHorizontalM,
    marginBlockStart: tokens.spacingVerticalL,
    textAlign: "start",
  },
  tools: { display: "flex", flexDirection: "column", alignItems: "end", gap: tokens.spacingVerticalXS },
  title: { gridColumnEnd: "span 2" },
  text: {
    margin: 0,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
  },
});

export function KeptWords({ id }: { id: string }) {
  const operator = useOperator().id;
  const { pending } = useOutbox(id, undefined);
  // What is on its way may still arrive.
  const unsent = pending.filter(({ failure }) => failure !== null).map(({ text }) => text);
  const kept = useKept(() => {
    const draft = readUnfinished(operator, draftName(id)) ?? "";
    return joined([draft, readNote("note", operator, id), ...acts.map((act) => readNote(act, operator, id))]);
  });
  return <Kept title="You had written, and it was not sent:" words={joined([...unsent, kept])} />;
}

export interface KeptNotesProps {
  id: string;
  /** The dialog is there that closes it, or says why it ended: what was written there stands in it. */
  isClosable: boolean;
  /** No notes can be written. */
  isReadOnly: boolean;
}

/** The notes of what is not possible any more, below a conversation that they still see. */
export function KeptNotes({ id, isClosable, isReadOnly }: KeptNotesProps) {
  return (
    <>
      <KeptNote id={id} kind="hand-over" title="You had written, to hand this over:" />
      {!isClosable && <KeptNote id={id} kind="close" title="You had written, to close this:" />}
      {isReadOnly && <KeptNote id={id} kind="note" title="You had written, as a note for colleagues:" />}
    </>
  );
}

/** What a note belongs to: an act, or nothing but itself. */
type Kind = Act | "note";

function KeptNote({ id, kind, title }: { id: string; kind: Kind; title: string }) {
  const operator = useOperator().id;
  const note = useKept(() => readNote(kind, operator, id));
  const discard = () => (kind === "note" ? forgetNoteDraft(operator, id) : forgetActNote(kind, operator, id));
  return (
    <Kept title={title} words={note.trim()}>
      <Button size="small" onClick={discard}>
        Discard
      </Button>
    </Kept>
  );
}

const readNote = (kind: Kind, operator: string, id: string): string =>
  kind === "note" ? (readNoteDraft(operator, id)?.text ?? "") : readActNote(kind, operator, id);

const joined = (texts: readonly string[]) => texts.filter((text) => text.trim() !== "").join("\n\n");

function Kept({ title, words, children }: { title: string; words: string; children?: ReactNode }) {
  const styles = useStyles();
  if (words === "") return null;
  return (
    <div className={styles.kept}>
      <Text weight="semibold" className={styles.title}>
        {title}
      </Text>
      <p className={styles.text} dir="auto">
        {words}
      </p>
      <span className={styles.tools}>
        <CopyButton text={words} label="Copy what was written" />
        {children}
      </span>
    </div>
  );
}
