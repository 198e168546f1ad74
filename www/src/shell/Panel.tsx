// A titled surface: a group of fields, a report, a list.
import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { type ReactNode, useId } from "react";

const useStyles = makeStyles({
  panel: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalXL,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    minWidth: 0,
    "@media (max-width: 639px)": { padding: tokens.spacingHorizontalL },
  },
  head: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalM, alignItems: "flex-start" },
  words: { flexGrow: 1, flexBasis: "260px", minWidth: 0 },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  lead: { color: tokens.colorNeutralForeground2 },
  flush: { padding: 0, gap: 0, overflowX: "auto", "@media (max-width: 639px)": { padding: 0 } },
});

export interface PanelProps {
  title?: string;
  lead?: ReactNode;
  actions?: ReactNode;
  /** No padding: the content reaches the edges, as a table does. */
  flush?: boolean;
  children: ReactNode;
}

export function Panel({ title, lead, actions, flush = false, children }: PanelProps) {
  const styles = useStyles();
  const id = useId();
  return (
    <section className={mergeClasses(styles.panel, flush && styles.flush)} aria-labelledby={title ? id : undefined}>
      {title && (
        <div className={styles.head}>
          <div className={styles.words}>
            <h2 id={id} className={styles.title}>
              {title}
            </h2>
            {lead && (
              <Text block className={styles.lead}>
                {lead}
              </Text>
            )}
          </div>
          {actions}
        </div>
      )}
      {children}
    </section>
  );
}
