// The look of the pages in front of the door: sign-in and set-up. A card on a quiet ground.
import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { Logo } from "../shell/Logo";
import { RouterLink } from "../shell/RouterLink";
import { SchemeMenu } from "../shell/SchemeMenu";
import { useTitle } from "../shell/useTitle";

const useStyles = makeStyles({
  page: {
    display: "grid",
    gridTemplateRows: "auto 1fr auto",
    minHeight: "100dvh",
    backgroundColor: tokens.colorNeutralBackground2,
    backgroundImage: `radial-gradient(60rem 36rem at 50% -12rem, ${tokens.colorBrandBackground2}, transparent)`,
  },
  top: {
    display: "flex",
    justifyContent: "space-between",
    alignItems: "center",
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
  },
  main: { display: "grid", placeItems: "center", padding: tokens.spacingHorizontalL },
  card: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXL,
    width: "100%",
    maxWidth: "420px",
    padding: tokens.spacingHorizontalXXXL,
    boxSizing: "border-box",
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    boxShadow: tokens.shadow16,
    "@media (max-width: 639px)": { padding: tokens.spacingHorizontalXL },
  },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase600,
    lineHeight: tokens.lineHeightBase600,
    fontWeight: tokens.fontWeightSemibold,
  },
  lead: { color: tokens.colorNeutralForeground2, marginTop: tokens.spacingVerticalXS },
  foot: {
    textAlign: "center",
    padding: tokens.spacingVerticalL,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
  },
});

export function DoorPage({ title, lead, children }: { title: string; lead: ReactNode; children: ReactNode }) {
  const styles = useStyles();
  useTitle(title);
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <Logo nameOnPhone />
        <SchemeMenu />
      </header>
      <main id="content" className={styles.main}>
        <div className={styles.card}>
          <div>
            <h1 className={styles.title}>{title}</h1>
            <Text block className={styles.lead}>
              {lead}
            </Text>
          </div>
          {children}
        </div>
      </main>
      <footer className={styles.foot}>
        <RouterLink to="/docs">Documentation</RouterLink>
      </footer>
    </div>
  );
}
