// How long a visitor has waited; a long wait is marked, by a sign and a word besides the colour.
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ClockAlarmFilled, ClockAlarmRegular } from "@fluentui/react-icons";
import { useNow } from "../../shell/clock";
import { duration, formatFull } from "../../shell/times";

const useStyles = makeStyles({
  time: { display: "inline-flex", alignItems: "center", gap: "2px", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  late: { color: tokens.colorStatusWarningForeground2, fontWeight: tokens.fontWeightSemibold },
  veryLate: { color: tokens.colorStatusDangerForeground2, fontWeight: tokens.fontWeightSemibold },
});

/** From when a wait is long, and very long, in milliseconds. */
const lateAfter = 5 * 60_000;
const veryLateAfter = 15 * 60_000;

export type Lateness = "none" | "late" | "very-late";

export function latenessOf(waited: number): Lateness {
  return waited > veryLateAfter ? "very-late" : waited > lateAfter ? "late" : "none";
}

/** One that `isBack` in line was answered meanwhile: how long it waits now is not known, so it is not called late. */
export function WaitingTime({ since, isBack }: { since: string; isBack: boolean }) {
  const styles = useStyles();
  const waited = useNow(5_000) - Date.parse(since);
  const lateness = isBack ? "none" : latenessOf(waited);
  return (
    <time
      dateTime={since}
      title={`Waiting since ${formatFull(since)}`}
      className={mergeClasses(styles.time, lateness === "late" && styles.late, lateness === "very-late" && styles.veryLate)}
    >
      {lateness === "late" && <ClockAlarmRegular aria-label="Long wait:" />}
      {lateness === "very-late" && <ClockAlarmFilled aria-label="Very long wait:" />}
      {waited < 60_000 ? "new" : duration(waited)}
    </time>
  );
}
