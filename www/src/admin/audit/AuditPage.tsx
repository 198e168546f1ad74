// `/admin/audit`: what was done, refused and noticed, newest first. Rows are only ever added; nothing here changes them.
import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { ArrowClockwiseRegular, ClipboardTextLtrRegular, SearchRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { readAudit } from "../../api/admin";
import type { AuditQuery } from "../../api/types";
import { usePages } from "../../api/useResource";
import { EmptyState } from "../../shell/EmptyState";
import { PageBody } from "../../shell/PageBody";
import { PageLoading } from "../../shell/PageLoading";
import { Panel } from "../../shell/Panel";
import { ProblemBar } from "../../shell/ProblemBar";
import { AuditFilter } from "./AuditFilter";
import { AuditRow } from "./AuditRow";

const useStyles = makeStyles({
  subject: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  more: { display: "grid", placeItems: "center", padding: tokens.spacingVerticalM },
});

export default function AuditPage() {
  const styles = useStyles();
  const [wanted, setWanted] = useState<AuditQuery>({});
  const [called, setCalled] = useState("");
  const audit = usePages(["audit", "list", JSON.stringify(wanted)], (cursor) =>
    readAudit({ ...wanted, limit: 100, ...(cursor === undefined ? {} : { cursor }) }),
  );
  const { data: shown } = audit;
  const isFiltered = Object.keys(wanted).length > 0;
  // The filter's fields begin anew, and say no longer what was wanted before.
  const [begun, setBegun] = useState(0);
  const begin = (next: AuditQuery) => {
    setWanted(next);
    setBegun((count) => count + 1);
  };
  const clear = () => begin({});

  return (
    <PageBody
      title="Audit"
      lead="Every change of a setting, every sign-in, and every token that was refused, with the reason. Newest first."
      actions={
        <Button icon={<ArrowClockwiseRegular />} disabledFocusable={audit.isFetching} onClick={() => void audit.refetch()}>
          Refresh
        </Button>
      }
    >
      <AuditFilter key={begun} wanted={wanted} onChange={setWanted} />
      {wanted.subject !== undefined && (
        <div className={styles.subject}>
          <Text>
            History of <bdi>{called}</bdi>
          </Text>
          <Button size="small" onClick={clear}>
            Show all
          </Button>
        </div>
      )}
      {audit.isPending && <PageLoading />}
      {audit.error && <ProblemBar error={audit.error} />}
      {shown && (
        <Panel flush>
          {shown.length === 0 && !isFiltered && (
            <EmptyState icon={<ClipboardTextLtrRegular />} title="Nothing has happened yet">
              Changes and refusals appear here.
            </EmptyState>
          )}
          {shown.length === 0 && isFiltered && (
            <EmptyState icon={<SearchRegular />} title="Nothing matches" action={<Button onClick={clear}>Clear the filter</Button>}>
              {audit.hasNextPage ? "The entries so far were searched, older ones not yet." : "Every entry was searched."}
            </EmptyState>
          )}
          <ul className={styles.list} aria-label="Audit">
            {shown.map((entry) => (
              <AuditRow
                key={entry.id}
                entry={entry}
                onHistory={(subject, name) => {
                  setCalled(name);
                  begin({ subject });
                }}
              />
            ))}
          </ul>
          {audit.hasNextPage && (
            <div className={styles.more}>
              <Button
                appearance="subtle"
                disabledFocusable={audit.isFetchingNextPage}
                onClick={() => void audit.fetchNextPage()}
              >
                {audit.isFetchingNextPage ? "Loading…" : shown.length === 0 ? "Search older entries" : "Show more"}
              </Button>
            </div>
          )}
        </Panel>
      )}
    </PageBody>
  );
}
