// The mark and the name. Drawn in place, so that it takes the theme's colours.
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Link } from "react-router";

const useStyles = makeStyles({
  link: {
    display: "inline-flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: "none",
    fontSize: tokens.fontSizeBase400,
    fontWeight: tokens.fontWeightSemibold,
    letterSpacing: "-0.01em",
    borderRadius: tokens.borderRadiusSmall,
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "3px" },
  },
  mark: { width: "26px", height: "26px", flexShrink: 0 },
  bubble: { fill: tokens.colorBrandBackground },
  tick: { fill: "none", stroke: tokens.colorNeutralForegroundOnBrand, strokeWidth: 3.2 },
  name: { "@media (max-width: 639px)": { display: "none" } },
  nameShown: { "@media (max-width: 639px)": { display: "inline" } },
});

export function Logo({ nameOnPhone = false }: { nameOnPhone?: boolean }) {
  const styles = useStyles();
  return (
    <Link to="/" className={styles.link} aria-label="Bonafide, start page">
      <svg viewBox="0 0 32 32" className={styles.mark} aria-hidden>
        <path
          className={styles.bubble}
          d="M8 3h16a6 6 0 0 1 6 6v10a6 6 0 0 1-6 6h-5l-6.2 4.7A.5.5 0 0 1 12 29.3V25H8a6 6 0 0 1-6-6V9a6 6 0 0 1 6-6z"
        />
        <path className={styles.tick} strokeLinecap="round" strokeLinejoin="round" d="m10.5 14.3 4 4 7.5-8" />
      </svg>
      <span className={mergeClasses(styles.name, nameOnPhone && styles.nameShown)}>Bonafide</span>
    </Link>
  );
}
