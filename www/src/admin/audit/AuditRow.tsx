// One line of the audit; its details open below it.
import { Badge, Button, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { ChevronRightRegular } from "@fluentui/react-icons";
import { useId, useState } from "react";
import type { AuditEntry } from "../../api/types";
import { coded } from "../../shell/coded";
import { CopyButton } from "../../shell/CopyButton";
import { RouterLink } from "../../shell/RouterLink";
import { formatFull, RelativeTime } from "../../shell/times";
import { actionText, actorName, detailsOf, pageOf } from "./auditText";
import { useNames } from "./useNames";

const useStyles = makeStyles({
  row: { borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, ":last-child": { borderBottomWidth: 0 } },
  button: {
    display: "grid",
    gridTemplateColumns: "20px minmax(0, 1fr) auto",
    gap: tokens.spacingHorizontalS,
    alignItems: "center",
    width: "100%",
    padding: `${tokens.spacingVerticalSNudge} ${tokens.spacingHorizontalL}`,
    border: "none",
    backgroundColor: "transparent",
    color: tokens.colorNeutralForeground1,
    fontFamily: "inherit",
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    textAlign: "start",
    cursor: "pointer",
    ":hover": { backgroundColor: tokens.colorSubtleBackgroundHover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  chevron: { display: "inline-flex", color: tokens.colorNeutralForeground3, transitionDuration: "120ms" },
  open: { transform: "rotate(90deg)" },
  words: { display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: tokens.spacingHorizontalS, minWidth: 0 },
  actor: { color: tokens.colorNeutralForeground2 },
  time: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, whiteSpace: "nowrap" },
  details: {
    display: "grid",
    gridTemplateColumns: "minmax(110px, max-content) minmax(0, 1fr)",
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXS,
    margin: 0,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL} ${tokens.spacingVerticalL} 44px`,
    "@media (max-width: 639px)": { gridTemplateColumns: "minmax(0, 1fr)", rowGap: 0 },
  },
  term: { color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
  detail: { margin: 0, overflowWrap: "anywhere", whiteSpace: "pre-wrap" },
  before: { color: tokens.colorNeutralForeground2 },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
});

export interface AuditRowProps {
  entry: AuditEntry;
  /** Shows all that was done to a record. */
  onHistory: (subject: string, name: string) => void;
}

export function AuditRow({ entry, onHistory }: AuditRowProps) {
  const styles = useStyles();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <li className={styles.row}>
      <button type="button" className={styles.button} aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        <span className={mergeClasses(styles.chevron, isOpen && styles.open)} aria-hidden>
          <ChevronRightRegular />
        </span>
        <span className={styles.words}>
          <Text weight="semibold">{actionText(entry.action)}</Text>
          {entry.subjectName && <bdi>{entry.subjectName}</bdi>}
          {entry.code && (
            <Badge appearance="tint" color="danger">
              {entry.code}
            </Badge>
          )}
          <bdi className={styles.actor}>{actorName(entry.actor)}</bdi>
        </span>
        <RelativeTime time={entry.at} className={styles.time} />
      </button>
      <div id={id} hidden={!isOpen}>
        {isOpen && <Details entry={entry} onHistory={onHistory} />}
      </div>
    </li>
  );
}

function Details({ entry, onHistory }: AuditRowProps) {
  const styles = useStyles();
  const nameOf = useNames();
  return (
    <dl className={styles.details}>
      <dt className={styles.term}>When</dt>
      <dd className={styles.detail}>{formatFull(entry.at)}</dd>
      {entry.code && (
        <>
          <dt className={styles.term}>Code</dt>
          <dd className={styles.detail}>
            <RouterLink to={`/docs/errors#${entry.code}`}>{entry.code}</RouterLink>
          </dd>
        </>
      )}
      {entry.subject && (
        <>
          <dt className={styles.term}>Record</dt>
          <dd className={styles.detail}>
            <Subject subject={entry.subject} name={entry.subjectName ?? nameOf(entry.subject)} />{" "}
            <Button size="small" appearance="subtle" onClick={() => onHistory(entry.subject ?? "", entry.subjectName ?? nameOf(entry.subject ?? ""))}>
              History
            </Button>
          </dd>
        </>
      )}
      {detailsOf(entry, nameOf).map(({ name, before, after }) => (
        <div key={name} style={{ display: "contents" }}>
          <dt className={styles.term} dir="auto">
            {name}
          </dt>
          <dd className={styles.detail} dir="auto">
            {before != null && (
              <>
                <del className={styles.before}>{before}</del> →{" "}
              </>
            )}
            {after === null ? "nothing" : coded(after)}
          </dd>
        </div>
      ))}
      {entry.requestId && (
        <>
          <dt className={styles.term}>Request</dt>
          <dd className={mergeClasses(styles.detail, styles.code)}>
            {entry.requestId} <CopyButton text={entry.requestId} label="Copy the request id" />
          </dd>
        </>
      )}
    </dl>
  );
}

/** A record that still may have a page. */
function Subject({ subject, name }: { subject: string; name: string }) {
  const page = pageOf(subject);
  return page === null ? <bdi>{name}</bdi> : <RouterLink to={page}>{name}</RouterLink>;
}
