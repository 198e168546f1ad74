// What of the audit is shown: the server looks for it in all there is.
import { makeStyles, SearchBox, Select, tokens } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { operators } from "../../api/admin";
import type { AuditQuery } from "../../api/types";
import { useAll } from "../../api/useResource";
import { actions } from "./auditText";

const useStyles = makeStyles({
  tools: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  search: { flexGrow: 1, flexBasis: "240px", maxWidth: "100%" },
  part: { flexGrow: 1, flexBasis: "160px", minWidth: 0, "& select": { minWidth: 0 } },
});

export interface AuditFilterProps {
  wanted: AuditQuery;
  onChange: (wanted: AuditQuery) => void;
}

/** How long nobody types before the server is asked. */
const pauseMs = 300;

const spans: readonly [name: string, days: number][] = [
  ["Last 24 hours", 1],
  ["Last 7 days", 7],
  ["Last 30 days", 30],
];

export function AuditFilter({ wanted, onChange }: AuditFilterProps) {
  const styles = useStyles();
  const people = useAll(operators);
  const [text, setText] = useState(wanted.text ?? "");
  const [span, setSpan] = useState("");

  useEffect(() => {
    const said = text.trim();
    if (said === (wanted.text ?? "")) return;
    const timer = setTimeout(() => onChange(withPart(wanted, "text", said)), said === "" ? 0 : pauseMs);
    return () => clearTimeout(timer);
  }, [text, wanted, onChange]);

  return (
    <div className={styles.tools} role="search" aria-label="Filter">
      <SearchBox
        className={styles.search}
        aria-label="Text"
        placeholder="Text, code or request id"
        value={text}
        maxLength={200}
        onChange={(_, { value }) => setText(value)}
      />
      <Select className={styles.part} aria-label="What" value={wanted.action ?? ""} onChange={(_, { value }) => onChange(withPart(wanted, "action", value))}>
        <option value="">Everything</option>
        {Object.entries(actions).map(([action, name]) => (
          <option key={action} value={action}>
            {name}
          </option>
        ))}
      </Select>
      <Select className={styles.part} aria-label="Who" value={wanted.actor ?? ""} onChange={(_, { value }) => onChange(withPart(wanted, "actor", value))}>
        <option value="">Everybody</option>
        <option value="system">The server</option>
        <option value="visitor">Visitors</option>
        {people.data?.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Select
        className={styles.part}
        aria-label="When"
        value={span}
        onChange={(_, { value }) => {
          setSpan(value);
          const from = new Date(Date.now() - Number(value) * 86_400_000).toISOString();
          onChange(withPart(wanted, "from", value === "" ? "" : from));
        }}
      >
        <option value="">Any time</option>
        {spans.map(([name, days]) => (
          <option key={days} value={days}>
            {name}
          </option>
        ))}
      </Select>
    </div>
  );
}

/** Blank means: not asked for. */
function withPart(wanted: AuditQuery, part: keyof AuditQuery, value: string): AuditQuery {
  const { [part]: _, ...others } = wanted;
  return value === "" ? others : { ...others, [part]: value };
}
