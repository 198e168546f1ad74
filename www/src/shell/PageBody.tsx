// One page of the administrator console: heading, what it is for, its actions, its content.
import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { ChevronRightRegular } from "@fluentui/react-icons";
import { Fragment, type ReactNode } from "react";
import { RouterLink } from "./RouterLink";
import { useTitle } from "./useTitle";

const useStyles = makeStyles({
  body: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalL,
    maxWidth: "1280px",
    marginInline: "auto",
    padding: `${tokens.spacingVerticalXXL} ${tokens.spacingHorizontalXXL} 64px`,
    boxSizing: "border-box",
    "@media (max-width: 639px)": { padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalM} 48px` },
  },
  // As wide as the other pages, so that the left edge stays where it is from page to page.
  narrow: { "& > *": { maxWidth: "712px" } },
  trail: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalXS,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    marginBottom: tokens.spacingVerticalXS,
  },
  head: { display: "flex", flexWrap: "wrap", alignItems: "flex-start", gap: tokens.spacingHorizontalL },
  heading: { flexGrow: 1, flexBasis: "320px", minWidth: 0 },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
    letterSpacing: "-0.01em",
    overflowWrap: "anywhere",
    "@media (max-width: 639px)": { fontSize: tokens.fontSizeBase600, lineHeight: tokens.lineHeightBase600 },
  },
  lead: { color: tokens.colorNeutralForeground2, maxWidth: "68ch", marginTop: tokens.spacingVerticalXS },
  actions: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, paddingTop: "3px" },
  separator: { fontSize: "12px", display: "inline-flex" },
});

export interface PageBodyProps {
  title: string;
  /** What the page is for, one or two sentences. */
  lead?: ReactNode;
  /** The pages above this one. */
  trail?: { to?: string; name: string }[];
  actions?: ReactNode;
  /** Forms read better in a narrow column. */
  narrow?: boolean;
  children: ReactNode;
}

export function PageBody({ title, lead, trail = [], actions, narrow = false, children }: PageBodyProps) {
  const styles = useStyles();
  useTitle(title);
  return (
    <div className={mergeClasses(styles.body, narrow && styles.narrow)}>
      <div>
        {trail.length > 0 && (
          <nav className={styles.trail} aria-label="Breadcrumb">
            {trail.map(({ to, name }, index) => (
              <Fragment key={name}>
                {index > 0 && (
                  <span className={styles.separator} aria-hidden>
                    <ChevronRightRegular />
                  </span>
                )}
                {to ? <RouterLink to={to}>{name}</RouterLink> : <span>{name}</span>}
              </Fragment>
            ))}
          </nav>
        )}
        <div className={styles.head}>
          <div className={styles.heading}>
            <h1 className={styles.title} dir="auto">
              {title}
            </h1>
            {lead && (
              <Text block className={styles.lead}>
                {lead}
              </Text>
            )}
          </div>
          {actions && <div className={styles.actions}>{actions}</div>}
        </div>
      </div>
      {children}
    </div>
  );
}
