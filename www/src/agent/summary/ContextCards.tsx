// The conversation's context: what the website signed, and, looking different, what the page merely says.
import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { ShieldCheckmarkRegular, WarningRegular } from "@fluentui/react-icons";
import type { ConversationSummary } from "../../api/types";
import { Facts } from "./Facts";
import { SummarySection } from "./SummarySection";

const useStyles = makeStyles({
  origin: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalXS,
    marginBottom: tokens.spacingVerticalS,
    fontSize: tokens.fontSizeBase200,
  },
  signed: { color: tokens.colorStatusSuccessForeground1 },
  unsigned: { color: tokens.colorStatusWarningForeground1 },
  hearsay: {
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px dashed ${tokens.colorStatusWarningBorder1}`,
  },
  none: { color: tokens.colorNeutralForeground2 },
});

export function ContextCards({ context }: Pick<ConversationSummary, "context">) {
  const styles = useStyles();
  const signed = Object.entries(context.signed);
  const unsigned = Object.entries(context.unsigned);
  return (
    <>
      {signed.length > 0 && (
        <SummarySection title="Context">
          <span className={mergeClasses(styles.origin, styles.signed)}>
            <ShieldCheckmarkRegular aria-hidden /> Signed by the website
          </span>
          <Facts facts={signed.map(([name, value]) => [name, String(value)] as const)} />
        </SummarySection>
      )}
      {unsigned.length > 0 && (
        <SummarySection title="From the page (not verified)">
          <div className={styles.hearsay}>
            <span className={mergeClasses(styles.origin, styles.unsigned)}>
              <WarningRegular aria-hidden /> Anybody can make a page say this
            </span>
            <Facts facts={unsigned.map(([name, value]) => [name, String(value)] as const)} />
          </div>
        </SummarySection>
      )}
      {signed.length === 0 && unsigned.length === 0 && (
        <SummarySection title="Context">
          <Text className={styles.none}>None came with this chat.</Text>
        </SummarySection>
      )}
    </>
  );
}
