// A long list of which only the rows in sight are in the page. Asks for more as its end comes near.
import { makeStyles, tokens } from "@fluentui/react-components";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";

const useStyles = makeStyles({
  scroll: { flexGrow: 1, minHeight: 0, overflowY: "auto", borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  list: { position: "relative", listStyleType: "none", margin: tokens.spacingHorizontalS, padding: 0 },
  row: { position: "absolute", insetInlineStart: 0, insetInlineEnd: 0, top: 0 },
  more: { padding: tokens.spacingVerticalM, textAlign: "center", color: tokens.colorNeutralForeground2 },
});

/** A row's height before it is measured, in pixels. */
const rowHeight = 82;
/** Rows that are kept ready beyond the sight, on each side. */
const ready = 6;

export interface VirtualListProps<Item> {
  label: string;
  items: Item[];
  row: (item: Item) => ReactNode;
  /** Whether nothing follows that is not loaded. */
  isWhole: boolean;
  /** The end is near and more is there. */
  onMore: () => void;
  /** Why what follows is not there. */
  problem?: ReactNode;
}

export function VirtualList<Item extends { id: string }>({ label, items, row, isWhole, onMore, problem }: VirtualListProps<Item>) {
  const styles = useStyles();
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: ready,
  });
  const rows = virtual.getVirtualItems();
  const isNearEnd = (rows.at(-1)?.index ?? 0) >= items.length - 2 * ready;

  useEffect(() => {
    if (isNearEnd && !isWhole) onMore();
  }, [isNearEnd, isWhole, items.length, onMore]);

  return (
    <div ref={scroll} className={styles.scroll}>
      <ul className={styles.list} aria-label={label} style={{ height: virtual.getTotalSize() }}>
        {rows.map(({ key, index, start }) => {
          const item = items[index];
          return (
            item && (
              <li
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                className={styles.row}
                style={{ transform: `translateY(${start}px)` }}
                aria-posinset={index + 1}
                aria-setsize={isWhole ? items.length : -1}
              >
                {row(item)}
              </li>
            )
          );
        })}
      </ul>
      {!isWhole && (problem || <div className={styles.more}>Loading…</div>)}
    </div>
  );
}
