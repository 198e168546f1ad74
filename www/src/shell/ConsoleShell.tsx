// The frame of both consoles: the top bar, and the page below it filling the window.
import { makeStyles, tokens } from "@fluentui/react-components";
import { Outlet } from "react-router";
import { useOperator } from "../session/session";
import { TopBar } from "./TopBar";

const useStyles = makeStyles({
  frame: {
    display: "flex",
    flexDirection: "column",
    height: "100dvh",
    backgroundColor: tokens.colorNeutralBackground2,
  },
  page: { display: "flex", flexDirection: "column", flexGrow: 1, minHeight: 0 },
});

export function ConsoleShell() {
  const styles = useStyles();
  return (
    <div className={styles.frame}>
      <TopBar operator={useOperator()} />
      <div className={styles.page}>
        <Outlet />
      </div>
    </div>
  );
}
