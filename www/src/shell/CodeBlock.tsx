// Code to read and copy. Always left to right, scrolls sideways inside its frame, reachable by keyboard.
import { makeStyles, tokens } from "@fluentui/react-components";
import { CopyButton } from "./CopyButton";

const useStyles = makeStyles({
  frame: {
    minWidth: 0,
    // The provider turns text to the right in right-to-left pages; code stays at its own start.
    textAlign: "start",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  head: {
    display: "flex",
    alignItems: "center",
    justifyContent: "space-between",
    paddingInline: `${tokens.spacingHorizontalM} ${tokens.spacingHorizontalXS}`,
    minHeight: "36px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    fontFamily: tokens.fontFamilyMonospace,
  },
  row: { display: "flex", alignItems: "flex-start" },
  copy: { flexShrink: 0, padding: "6px" },
  code: {
    flexGrow: 1,
    minWidth: 0,
    margin: 0,
    padding: tokens.spacingHorizontalM,
    overflowX: "auto",
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "1.6",
    color: tokens.colorNeutralForeground1,
    whiteSpace: "pre",
    tabSize: 4,
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
});

export interface CodeBlockProps {
  code: string;
  /** What it is, for the copy button: "snippet". */
  label: string;
  /** Shown above the code: a file's name. */
  name?: string;
}

export function CodeBlock({ code, label, name }: CodeBlockProps) {
  const styles = useStyles();
  const copy = <CopyButton text={code} label={`Copy the ${label}`} />;
  const text = (
    <pre className={styles.code} tabIndex={0} aria-label={name ?? label}>
      <code>{code}</code>
    </pre>
  );
  return (
    <div className={styles.frame} dir="ltr">
      {name ? (
        <>
          <div className={styles.head}>
            {name}
            {copy}
          </div>
          {text}
        </>
      ) : (
        <div className={styles.row}>
          {text}
          <span className={styles.copy}>{copy}</span>
        </div>
      )}
    </div>
  );
}
