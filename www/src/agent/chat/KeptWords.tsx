// What somebody wrote in a conversation that is not theirs to see any more: still here, to copy.
import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useOperator } from "../../session/session";
import { readUnfinished } from "../../session/unfinished";
import { CopyButton } from "../../shell/CopyButton";
import { draftName } from "./Composer";
import { readNoteDraft } from "./noteDraft";
import { outboxOf } from "./Outbox";

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
  const styles = useStyles();
  const operator = useOperator().id;
  const { pending } = outboxOf(useQueryClient(), operator, id);
  const draft = readUnfinished(operator, draftName(id)) ?? "";
  const note = readNoteDraft(operator, id)?.text ?? "";
  const words = [...pending.map(({ text }) => text), draft, note].filter((text) => text.trim() !== "").join("\n\n");
  if (words === "") return null;
  return (
    <div className={styles.kept}>
      <Text weight="semibold" className={styles.title}>
        You had written, and it was not sent:
      </Text>
      <p className={styles.text} dir="auto">
        {words}
      </p>
      <CopyButton text={words} label="Copy what was written" />
    </div>
  );
}
