// Nothing is here yet: says what would be, and what to do next.
import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  place: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    textAlign: "center",
    gap: tokens.spacingVerticalM,
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalXL}`,
    color: tokens.colorNeutralForeground2,
  },
  icon: {
    display: "grid",
    placeItems: "center",
    width: "64px",
    height: "64px",
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    fontSize: "32px",
  },
  title: { color: tokens.colorNeutralForeground1 },
  text: { maxWidth: "46ch", textAlign: "center" },
  action: { marginTop: tokens.spacingVerticalS },
});

export interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  action?: ReactNode;
  /** It is the whole page: its title is the page's. */
  isPage?: boolean;
}

export function EmptyState({ icon, title, children, action, isPage = false }: EmptyStateProps) {
  const styles = useStyles();
  return (
    <div className={styles.place}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <Text as={isPage ? "h1" : "h2"} size={500} weight="semibold" className={styles.title} block>
        {title}
      </Text>
      <Text className={styles.text} block>
        {children}
      </Text>
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
