// Shown while a page or its data is on its way. Appears late, so that quick answers do not flicker.
import { makeStyles, Spinner } from "@fluentui/react-components";

const useStyles = makeStyles({
  place: {
    display: "grid",
    placeItems: "center",
    minHeight: "240px",
    height: "100%",
    animationName: { from: { opacity: 0 }, to: { opacity: 1 } },
    animationDuration: "200ms",
    animationDelay: "300ms",
    animationFillMode: "both",
  },
});

export function PageLoading({ label = "Loading…" }: { label?: string }) {
  const styles = useStyles();
  return (
    <div className={styles.place}>
      <Spinner label={label} labelPosition="below" />
    </div>
  );
}
