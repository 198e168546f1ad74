// `/admin/audit`: what was done, refused and noticed, newest first. Rows are only ever added; nothing here changes them.
import { Button, makeStyles, SearchBox, Text, tokens } from "@fluentui/react-components";
import { ArrowClockwiseRegular, ClipboardTextLtrRegular, SearchRegular } from "@fluentui/react-icons";
import { useMemo, useState } from "react";
import { readAudit } from "../../api/admin";
import { usePages } from "../../api/useResource";
import { EmptyState } from "../../shell/EmptyState";
import { PageBody } from "../../shell/PageBody";
import { PageLoading } from "../../shell/PageLoading";
import { Panel } from "../../shell/Panel";
import { ProblemBar } from "../../shell/ProblemBar";
import { AuditRow } from "./AuditRow";
import { mentions } from "./auditText";

const useStyles = makeStyles({
  tools: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  search: { width: "320px", maxWidth: "100%" },
  count: { color: tokens.colorNeutralForeground2 },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  more: { display: "grid", placeItems: "center", padding: tokens.spacingVerticalM },
});

export default function AuditPage() {
  const styles = useStyles();
  const [filter, setFilter] = useState("");
  const audit = usePages(["audit", "list"], (cursor) =>
    readAudit(cursor === undefined ? { limit: 100 } : { cursor, limit: 100 }),
  );
  const { data } = audit;
  const shown = useMemo(() => data?.filter((entry) => mentions(entry, filter)), [data, filter]);

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
      <div className={styles.tools}>
        <SearchBox
          className={styles.search}
          aria-label="Filter"
          placeholder="Filter by text, code or request id"
          value={filter}
          onChange={(_, { value }) => setFilter(value)}
        />
        {data && (
          <Text className={styles.count} aria-live="polite">
            {filter.trim() === "" ? `${data.length} read` : `${shown?.length} of ${data.length} read`}
            {audit.hasNextPage ? ", there are more" : ""}
          </Text>
        )}
      </div>
      {audit.isPending && <PageLoading />}
      {audit.error && <ProblemBar error={audit.error} />}
      {shown && (
        <Panel flush>
          {shown.length === 0 && filter.trim() === "" && (
            <EmptyState icon={<ClipboardTextLtrRegular />} title="Nothing has happened yet">
              Changes and refusals appear here.
            </EmptyState>
          )}
          {shown.length === 0 && filter.trim() !== "" && (
            <EmptyState icon={<SearchRegular />} title="Nothing matches" action={<Button onClick={() => setFilter("")}>Clear the filter</Button>}>
              {audit.hasNextPage ? "Older entries are not searched yet: show more below." : "Every entry was searched."}
            </EmptyState>
          )}
          <ul className={styles.list} aria-label="Audit">
            {shown.map((entry) => (
              <AuditRow key={entry.id} entry={entry} />
            ))}
          </ul>
          {audit.hasNextPage && (
            <div className={styles.more}>
              <Button
                appearance="subtle"
                disabledFocusable={audit.isFetchingNextPage}
                onClick={() => void audit.fetchNextPage()}
              >
                {audit.isFetchingNextPage ? "Loading…" : "Show more"}
              </Button>
            </div>
          )}
        </Panel>
      )}
    </PageBody>
  );
}
