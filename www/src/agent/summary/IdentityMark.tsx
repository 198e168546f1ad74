// Authenticated, or not, in one line. Its words and colours are ours alone: a visitor's name or message can never
// stand inside it.
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ShieldCheckmarkFilled, ShieldErrorFilled, ShieldQuestionRegular } from "@fluentui/react-icons";
import type { AgentConversation } from "../../api/types";

const useStyles = makeStyles({
  mark: {
    display: "inline-flex",
    alignItems: "center",
    gap: "3px",
    whiteSpace: "nowrap",
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  icon: { display: "inline-flex", fontSize: "16px" },
  yes: { color: tokens.colorStatusSuccessForeground1 },
  lapsed: { color: tokens.colorPaletteDarkOrangeForeground2 },
  no: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular },
});

export interface IdentityMarkProps {
  authenticated: AgentConversation["authenticated"];
  identity: AgentConversation["identity"];
}

export function IdentityMark({ authenticated, identity }: IdentityMarkProps) {
  const styles = useStyles();
  const [kind, icon, words] =
    authenticated === "no"
      ? (["no", <ShieldQuestionRegular key="no" />, "Not authenticated"] as const)
      : identity === "lapsed"
        ? (["lapsed", <ShieldErrorFilled key="lapsed" />, "Authenticated, lapsed"] as const)
        : (["yes", <ShieldCheckmarkFilled key="yes" />, "Authenticated"] as const);
  return (
    <span className={mergeClasses(styles.mark, styles[kind])}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      {words}
    </span>
  );
}
