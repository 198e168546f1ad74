// Navigation at the side of a page; on a narrow window a row that scrolls sideways.
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { type ReactNode, useEffect, useRef } from "react";
import { NavLink, useLocation } from "react-router";

const narrow = "@media (max-width: 899px)";

const useStyles = makeStyles({
  nav: {
    flexShrink: 0,
    width: "256px",
    overflowY: "auto",
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalM}`,
    borderInlineEndWidth: "1px",
    borderInlineEndStyle: "solid",
    borderInlineEndColor: tokens.colorNeutralStroke2,
    backgroundColor: tokens.colorNeutralBackground1,
    boxSizing: "border-box",
    [narrow]: {
      width: "100%",
      display: "flex",
      overflowX: "auto",
      overflowY: "hidden",
      padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
      borderInlineEndWidth: 0,
      borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    },
  },
  group: { marginBottom: tokens.spacingVerticalL, [narrow]: { marginBottom: 0, display: "contents" } },
  heading: {
    margin: `0 ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXS}`,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightSemibold,
    [narrow]: { display: "none" },
  },
  list: { listStyleType: "none", margin: 0, padding: 0, [narrow]: { display: "contents" } },
  link: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    minHeight: "36px",
    paddingInline: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase300,
    textDecorationLine: "none",
    whiteSpace: "nowrap",
    // As wide as it is when it is bold: the page one is on must not be wider than its place.
    overflow: "hidden",
    textOverflow: "ellipsis",
    ":hover": { backgroundColor: tokens.colorSubtleBackgroundHover, color: tokens.colorNeutralForeground1 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  here: {
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    fontWeight: tokens.fontWeightSemibold,
    ":hover": { backgroundColor: tokens.colorBrandBackground2Hover, color: tokens.colorBrandForeground2 },
  },
  icon: { display: "inline-flex", fontSize: "20px" },
});

export interface NavGroup {
  heading?: string;
  items: { to: string; name: string; icon: ReactNode; end?: boolean }[];
}

export function SideNav({ label, groups }: { label: string; groups: NavGroup[] }) {
  const styles = useStyles();
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();

  // Where the navigation is a row, the page one is on may be out of sight.
  useEffect(() => {
    const here = nav.current?.querySelector<HTMLElement>("[aria-current=page]");
    here?.scrollIntoView?.({ block: "nearest", inline: "center" });
  }, [pathname]);

  return (
    <nav ref={nav} className={styles.nav} aria-label={label}>
      {groups.map(({ heading, items }) => (
        <div key={heading ?? ""} className={styles.group}>
          {heading && <h2 className={styles.heading}>{heading}</h2>}
          <ul className={styles.list}>
            {items.map(({ to, name, icon, end }) => (
              <li key={to}>
                <NavLink
                  to={to}
                  end={end ?? false}
                  className={({ isActive }) => mergeClasses(styles.link, isActive && styles.here)}
                >
                  <span className={styles.icon} aria-hidden>
                    {icon}
                  </span>
                  {name}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
