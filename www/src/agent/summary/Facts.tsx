// Names and values, one under the other. Values are other people's text: isolated, so that no letter of theirs can
// turn ours around.
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Fragment, type ReactNode } from "react";

const useStyles = makeStyles({
  facts: {
    display: "grid",
    gridTemplateColumns: "minmax(88px, max-content) minmax(0, 1fr)",
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
    margin: 0,
  },
  term: { color: tokens.colorNeutralForeground2, overflowWrap: "anywhere", unicodeBidi: "isolate" },
  value: { margin: 0, overflowWrap: "anywhere", unicodeBidi: "isolate" },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase300 },
});

/** Name, value, and `code` for values that are compared letter by letter. */
export type Fact = readonly [name: string, value: ReactNode, kind?: "code"];

export function Facts({ facts }: { facts: readonly Fact[] }) {
  const styles = useStyles();
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value, kind]) => (
        <Fragment key={name}>
          <dt className={styles.term}>{name}</dt>
          <dd className={mergeClasses(styles.value, kind === "code" && styles.code)} dir="auto">
            {value}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
