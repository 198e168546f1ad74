// Navigation at the side, content beside it. The content scrolls; each new page begins at its top.
import { makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useRef } from "react";
import { Outlet, useLocation } from "react-router";
import { type NavGroup, SideNav } from "./SideNav";

const narrow = "@media (max-width: 899px)";

const useStyles = makeStyles({
  frame: { display: "flex", flexGrow: 1, minHeight: 0, [narrow]: { flexDirection: "column" } },
  main: {
    flexGrow: 1,
    minWidth: 0,
    overflowY: "auto",
    // Pages with and without a bar to scroll begin at the same edge.
    scrollbarGutter: "stable",
    outlineStyle: "none",
    backgroundColor: tokens.colorNeutralBackground2,
  },
});

export function SidePage({ label, groups }: { label: string; groups: NavGroup[] }) {
  const styles = useStyles();
  const main = useRef<HTMLElement>(null);
  const { pathname, hash } = useLocation();

  useEffect(() => {
    if (hash === "") main.current?.scrollTo?.(0, 0);
  }, [pathname, hash]);

  return (
    <div className={styles.frame}>
      <SideNav label={label} groups={groups} />
      <main id="content" ref={main} tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
    </div>
  );
}
