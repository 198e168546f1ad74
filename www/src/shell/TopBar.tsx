// The bar on top of every page: the product, the areas the reader may enter, the colour scheme, and who is signed in.
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { NavLink } from "react-router";
import { AvailabilityMenu } from "../agent/availability/AvailabilityMenu";
import type { OperatorSession } from "../api/types";
import { Logo } from "./Logo";
import { OperatorMenu } from "./OperatorMenu";
import { SchemeMenu } from "./SchemeMenu";

const useStyles = makeStyles({
  bar: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    flexShrink: 0,
    height: "52px",
    paddingInline: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    "@media (max-width: 639px)": { paddingInline: tokens.spacingHorizontalS, gap: tokens.spacingHorizontalXS },
  },
  areas: {
    display: "flex",
    alignSelf: "stretch",
    minWidth: 0,
    marginInlineStart: tokens.spacingHorizontalL,
    "@media (max-width: 639px)": { marginInlineStart: 0 },
  },
  area: {
    display: "grid",
    alignItems: "center",
    paddingInline: tokens.spacingHorizontalM,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: "none",
    borderBottom: "2px solid transparent",
    borderTop: "2px solid transparent",
    fontSize: tokens.fontSizeBase300,
    whiteSpace: "nowrap",
    ":hover": { color: tokens.colorNeutralForeground1, backgroundColor: tokens.colorSubtleBackgroundHover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-3px" },
    "@media (max-width: 639px)": { paddingInline: tokens.spacingHorizontalSNudge, fontSize: tokens.fontSizeBase200 },
  },
  here: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    borderBottomColor: tokens.colorCompoundBrandStroke,
  },
  end: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalXS, marginInlineStart: "auto" },
  skip: {
    position: "absolute",
    insetInlineStart: tokens.spacingHorizontalL,
    top: "-60px",
    zIndex: 10,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    borderRadius: tokens.borderRadiusMedium,
    ":focus": { top: "8px" },
  },
});

export interface TopBarProps {
  /** Null on pages that need no sign-in. */
  operator: OperatorSession | null;
  /** Left of the logo: the button that opens the navigation on a phone. */
  start?: ReactNode;
}

export function TopBar({ operator, start }: TopBarProps) {
  const styles = useStyles();
  const areas = [
    ...(operator?.role === "administrator" ? [{ to: "/admin", name: "Admin" }] : []),
    ...(operator ? [{ to: "/agent", name: "Inbox" }] : []),
    { to: "/docs", name: "Docs" },
  ];
  return (
    <header className={styles.bar}>
      <a className={styles.skip} href="#content">
        Skip to the content
      </a>
      {start}
      <Logo />
      <nav className={styles.areas} aria-label="Areas">
        {areas.map(({ to, name }) => (
          <NavLink key={to} to={to} className={({ isActive }) => mergeClasses(styles.area, isActive && styles.here)}>
            {name}
          </NavLink>
        ))}
      </nav>
      <div className={styles.end}>
        {operator && <AvailabilityMenu />}
        <SchemeMenu />
        {operator && <OperatorMenu operator={operator} />}
      </div>
    </header>
  );
}
