// The frame of the agent console's pages that are no conversation: one column that scrolls.
import { makeStyles, tokens } from "@fluentui/react-components";
import { Outlet } from "react-router";

const useStyles = makeStyles({
  main: { flexGrow: 1, minWidth: 0, overflowY: "auto", outlineStyle: "none", backgroundColor: tokens.colorNeutralBackground2 },
});

export function PageFrame() {
  const styles = useStyles();
  return (
    <main id="content" tabIndex={-1} className={styles.main}>
      <Outlet />
    </main>
  );
}
