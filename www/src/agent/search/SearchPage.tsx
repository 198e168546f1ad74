// `/agent/search`: the conversations that the agent may read, by what is in the address.
import { Button, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { SearchRegular } from "@fluentui/react-icons";
import { useSearchParams } from "react-router";
import { asProblem } from "../../api/problem";
import { useOperator } from "../../session/session";
import { EmptyState } from "../../shell/EmptyState";
import { PageBody } from "../../shell/PageBody";
import { PageLoading } from "../../shell/PageLoading";
import { Panel } from "../../shell/Panel";
import { ProblemBar } from "../../shell/ProblemBar";
import { formatDayAndTime } from "../../shell/times";
import { FoundItem } from "./FoundItem";
import { SearchForm } from "./SearchForm";
import { queryFrom, searchFrom, type SearchValues, valuesFrom } from "./searchValues";
import { useSearch } from "./useSearch";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  item: { borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, ":last-child": { borderBottomWidth: 0 } },
  end: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM, minHeight: "32px" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export default function SearchPage() {
  const isSupervisor = useOperator().role === "supervisor";
  const [search, setSearch] = useSearchParams();
  const values = valuesFrom(search);
  const address = searchFrom(values).toString();
  const found = useSearch(queryFrom(values));
  const faults = found.error ? asProblem(found.error).fields : [];
  return (
    <PageBody
      title="Search"
      lead={
        isSupervisor
          ? "All conversations, whoever has or had them. The latest first."
          : "Conversations that you have or had, and those that wait or ended unanswered in your queues. The latest first."
      }
      trail={[{ to: "/agent", name: "Inbox" }, { name: "Search" }]}
    >
      <Panel>
        <SearchForm
          values={values}
          faultOf={(name) => faults.find((fault) => fault.name === name)?.message}
          onSearch={(wanted) => {
            const next = searchFrom(wanted);
            if (next.toString() === address) void found.refetch();
            else setSearch(next);
          }}
        />
      </Panel>
      <Results found={found} values={values} />
    </PageBody>
  );
}

function Results({ found, values }: { found: ReturnType<typeof useSearch>; values: SearchValues }) {
  const styles = useStyles();
  const { items, error, isPending, isLooking, searchedTo, hasNextPage, fetchNextPage, refetch, data } = found;
  if (isPending) return <PageLoading />;
  if (!data) return <ProblemBar error={error} title="Nothing was searched" actions={<Button onClick={() => void refetch()}>Try again</Button>} />;
  const isNothing = items.length === 0 && !hasNextPage;
  return (
    <>
      {isNothing && (
        <Panel flush>
          <EmptyState icon={<SearchRegular />} title="Nothing found">
            Try fewer or shorter words, another state, or more days. A word is also found inside a longer one.
          </EmptyState>
        </Panel>
      )}
      {items.length > 0 && (
        <Panel flush>
          <ul className={styles.list} aria-label="Conversations found">
            {items.map((item) => (
              <li key={item.conversation.id} className={styles.item}>
                <FoundItem found={item} words={values.text} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {error && !isLooking ? <ProblemBar error={error} title="Not searched to the end" /> : null}
      <div className={styles.end}>
        <span role="status" className={styles.quiet}>
          {isLooking ? "Searching…" : toldOf(items.length, hasNextPage ? searchedTo : null)}
        </span>
        {isLooking && <Spinner size="tiny" aria-hidden />}
        {hasNextPage && !isLooking && <Button onClick={() => void fetchNextPage()}>Search further back</Button>}
      </div>
    </>
  );
}

function toldOf(count: number, searchedTo: string | null): string {
  const found = count === 0 ? "Nothing found" : count === 1 ? "1 conversation found" : `${count} conversations found`;
  return searchedTo === null ? `${found}.` : `${found} back to ${formatDayAndTime(searchedTo)}.`;
}
