// A list of a resource as a table: its states (loading, failed, empty, more to come) in one place.
import {
  Button,
  makeStyles,
  mergeClasses,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from "@fluentui/react-components";
import type { ReactNode } from "react";
import { PageLoading } from "../shell/PageLoading";
import { Panel } from "../shell/Panel";
import { ProblemBar } from "../shell/ProblemBar";

const useStyles = makeStyles({
  table: { tableLayout: "auto", minWidth: "100%" },
  head: { backgroundColor: tokens.colorNeutralBackground2, ":hover": { backgroundColor: tokens.colorNeutralBackground2 } },
  headCell: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2, whiteSpace: "nowrap" },
  cell: { paddingBlock: tokens.spacingVerticalS, overflowWrap: "break-word", verticalAlign: "middle" },
  row: { ":last-child": { borderBottomWidth: 0 } },
  wideOnly: { "@media (max-width: 759px)": { display: "none" } },
  edge: { paddingLeft: tokens.spacingHorizontalL, paddingRight: tokens.spacingHorizontalL },
  end: { textAlign: "end", width: "1%", whiteSpace: "nowrap" },
  unseen: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
  more: { display: "grid", placeItems: "center", padding: tokens.spacingVerticalM },
});

export interface Column<Item> {
  name: string;
  /** What stands in the cell. The first column names the row. */
  cell: (item: Item) => ReactNode;
  /** Left out on a narrow window. */
  wideOnly?: boolean;
  /** At the row's end, as narrow as it can be; its name is for screen readers only. */
  isActions?: boolean;
}

export interface ListState<Item> {
  data: Item[] | undefined;
  error: unknown;
  isPending: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

export interface ResourceTableProps<Item> {
  label: string;
  list: ListState<Item>;
  columns: Column<Item>[];
  empty: ReactNode;
}

export function ResourceTable<Item extends { id: string }>({ label, list, columns, empty }: ResourceTableProps<Item>) {
  const styles = useStyles();
  if (list.isPending) return <PageLoading />;
  if (!list.data) {
    return <ProblemBar error={list.error} actions={<Button onClick={() => void list.refetch()}>Try again</Button>} />;
  }
  if (list.data.length === 0) return <Panel flush>{empty}</Panel>;

  const classOf = ({ wideOnly, isActions }: Column<Item>) =>
    mergeClasses(styles.cell, styles.edge, wideOnly && styles.wideOnly, isActions && styles.end);
  return (
    <>
      {list.error ? <ProblemBar error={list.error} /> : null}
      <Panel flush>
        <Table aria-label={label} className={styles.table}>
          <TableHeader>
            <TableRow className={styles.head}>
              {columns.map((column) => (
                <TableHeaderCell
                  key={column.name}
                  className={mergeClasses(classOf(column), styles.headCell)}
                >
                  {column.isActions ? <span className={styles.unseen}>{column.name}</span> : column.name}
                </TableHeaderCell>
              ))}
            </TableRow>
          </TableHeader>
          <TableBody>
            {list.data.map((item) => (
              <TableRow key={item.id} className={styles.row}>
                {columns.map((column) => (
                  <TableCell key={column.name} className={classOf(column)}>
                    {column.cell(item)}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
        {list.hasNextPage && (
          <div className={styles.more}>
            <Button
              appearance="subtle"
              disabledFocusable={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {list.isFetchingNextPage ? "Loading…" : "Show more"}
            </Button>
          </div>
        )}
      </Panel>
    </>
  );
}
