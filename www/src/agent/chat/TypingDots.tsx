// The visitor is typing. Seen, and not read out: a screen reader would be interrupted at every key.
import { makeStyles, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  place: { display: "flex", gap: "4px", alignItems: "center", minHeight: "20px", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  dot: {
    width: "6px",
    height: "6px",
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorNeutralForeground3,
    animationName: { "0%, 60%, 100%": { opacity: 0.3 }, "30%": { opacity: 1 } },
    animationDuration: "1.2s",
    animationIterationCount: "infinite",
  },
  second: { animationDelay: "150ms" },
  third: { animationDelay: "300ms" },
});

export function TypingDots({ name }: { name: string }) {
  const styles = useStyles();
  return (
    <div className={styles.place} aria-hidden>
      <span className={styles.dot} />
      <span className={`${styles.dot} ${styles.second}`} />
      <span className={`${styles.dot} ${styles.third}`} />
      <bdi>{name}</bdi> is typing
    </div>
  );
}
