// Whether the visitor is there, in one line: here, idle for a while, or gone. Not in green and
// without a tick, which are kept for proof.
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CircleFilled, PresenceAwayRegular, PresenceOfflineRegular } from "@fluentui/react-icons";
import type { VisitorPresence } from "../../api/types";
import { useNow } from "../../shell/clock";
import { duration, formatFull } from "../../shell/times";

const useStyles = makeStyles({
  mark: {
    display: "inline-flex",
    alignItems: "center",
    gap: "3px",
    whiteSpace: "nowrap",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  icon: { display: "inline-flex", fontSize: "12px" },
  here: { color: tokens.colorBrandForeground1 },
  gone: { color: tokens.colorStatusDangerForeground2 },
});

const icons = {
  here: <CircleFilled />,
  idle: <PresenceAwayRegular />,
  gone: <PresenceOfflineRegular />,
};

export function PresenceMark({ presence: { state, since } }: { presence: VisitorPresence }) {
  const styles = useStyles();
  const now = useNow(5_000);
  return (
    <span
      className={mergeClasses(styles.mark, state === "here" && styles.here, state === "gone" && styles.gone)}
      title={`${titles[state]} since ${formatFull(since)}`}
    >
      <span className={styles.icon} aria-hidden>
        {icons[state]}
      </span>
      {presenceText({ state, since }, now)}
    </span>
  );
}

const titles = { here: "The visitor is here", idle: "The visitor has done nothing", gone: "The visitor is gone" };

/** "here", "idle for 7 min", "gone for 2 hr"; the first minute is not counted. `now` is in milliseconds. */
export function presenceText({ state, since }: VisitorPresence, now: number): string {
  const passed = now - Date.parse(since);
  return state === "here" || passed < 60_000 ? state : `${state} for ${duration(passed)}`;
}
