// One page of the documentation: its measure, its typography, its title.
import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { useTitle } from "../shell/useTitle";

const useStyles = makeStyles({
  article: {
    maxWidth: "780px",
    marginInline: "auto",
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalXXL} 96px`,
    boxSizing: "border-box",
    fontSize: "15px",
    lineHeight: "1.65",
    "@media (max-width: 639px)": { padding: `${tokens.spacingVerticalXL} ${tokens.spacingHorizontalL} 64px` },
    "& > p, & > ul, & > ol, & > section > p": { margin: `0 0 ${tokens.spacingVerticalL}` },
    "& li": { marginBottom: tokens.spacingVerticalXS },
    "& ul, & ol": { paddingInlineStart: "1.4em" },
    "& h2": {
      margin: `${tokens.spacingVerticalXXXL} 0 ${tokens.spacingVerticalM}`,
      fontSize: tokens.fontSizeBase600,
      lineHeight: tokens.lineHeightBase600,
      fontWeight: tokens.fontWeightSemibold,
      letterSpacing: "-0.01em",
    },
    "& h3": {
      margin: `${tokens.spacingVerticalXXL} 0 ${tokens.spacingVerticalS}`,
      fontSize: tokens.fontSizeBase400,
      lineHeight: tokens.lineHeightBase400,
      fontWeight: tokens.fontWeightSemibold,
    },
    "& :not(pre) > code": {
      padding: "1px 5px",
      borderRadius: tokens.borderRadiusSmall,
      backgroundColor: tokens.colorNeutralBackground4,
      fontFamily: tokens.fontFamilyMonospace,
      fontSize: "0.88em",
      overflowWrap: "anywhere",
    },
    "& table": { width: "100%", borderCollapse: "collapse", fontSize: tokens.fontSizeBase300 },
    "& th, & td": {
      padding: `${tokens.spacingVerticalSNudge} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalSNudge} 0`,
      borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
      textAlign: "start",
      verticalAlign: "top",
    },
    "& th": { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightSemibold },
  },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeHero800,
    lineHeight: tokens.lineHeightHero800,
    fontWeight: tokens.fontWeightSemibold,
    letterSpacing: "-0.02em",
    "@media (max-width: 639px)": { fontSize: tokens.fontSizeHero700, lineHeight: tokens.lineHeightHero700 },
  },
  lead: {
    margin: `${tokens.spacingVerticalS} 0 ${tokens.spacingVerticalXXL}`,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase500,
    lineHeight: "1.5",
    "@media (max-width: 639px)": { fontSize: tokens.fontSizeBase400 },
  },
  wide: { overflowX: "auto", marginBottom: tokens.spacingVerticalL },
});

export function Article({ title, lead, children }: { title: string; lead: ReactNode; children: ReactNode }) {
  const styles = useStyles();
  useTitle(title);
  return (
    <article className={styles.article}>
      <h1 className={styles.title}>{title}</h1>
      <div className={styles.lead}>{lead}</div>
      {children}
    </article>
  );
}

/** A table that may be wider than a phone. */
export function WideTable({ label, children }: { label: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <section className={styles.wide} aria-label={label} tabIndex={0}>
      <table>{children}</table>
    </section>
  );
}
