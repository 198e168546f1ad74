// What somebody wrote in a conversation that is not theirs any more: still here, to copy.
import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { type ReactNode, useReducer } from "react";
import { useOperator } from "../../session/session";
import { readUnfinished } from "../../session/unfinished";
import { CopyButton } from "../../shell/CopyButton";
import { acts, forgetActNote, readActNote } from "../actNote";
import { draftName } from "./Composer";
import { readNoteDraft } from "./noteDraft";
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
  const draft = readUnfinished(operator, draftName(id)) ?? "";
  const note = readNoteDraft(operator, id)?.text ?? "";
  const notes = acts.map((act) => readActNote(act, operator, id));
  const words = [...unsent, draft, note, ...notes].filter((text) => text.trim() !== "").join("\n\n");
  return <Kept title="You had written, and it was not sent:" words={words} />;
}

/** The note of a hand-over that is not possible any more, below a conversation that they still see. */
export function KeptNote({ id }: { id: string }) {
  const operator = useOperator().id;
  const [, readAgain] = useReducer((times: number) => times + 1, 0);
  const note = readActNote("hand-over", operator, id);
  const discard = () => {
    forgetActNote("hand-over", operator, id);
    readAgain();
  };
  return (
    <Kept title="You had written, to hand this over:" words={note.trim()}>
      <Button size="small" onClick={discard}>
        Discard
      </Button>
    </Kept>
  );
}

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
