// "Authenticated: Yes" or "No", as large as it matters: the first thing an agent reads. Yes comes only from the server's
// own record; everything a token says stands below, apart from the verdict.
import { Accordion, AccordionHeader, AccordionItem, AccordionPanel, makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { ShieldCheckmarkFilled, ShieldErrorFilled, ShieldQuestionFilled } from "@fluentui/react-icons";
import type { ConversationSummary } from "../../api/types";
import { FullTime, RelativeTime } from "../../shell/times";
import { Facts, type Fact } from "./Facts";

const useStyles = makeStyles({
  card: {
    borderRadius: tokens.borderRadiusXLarge,
    padding: tokens.spacingHorizontalL,
  },
  yes: {
    backgroundColor: tokens.colorStatusSuccessBackground1,
    border: `1px solid ${tokens.colorStatusSuccessBorder1}`,
    color: tokens.colorStatusSuccessForeground1,
  },
  lapsed: {
    backgroundColor: tokens.colorStatusWarningBackground1,
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
    color: tokens.colorStatusWarningForeground1,
  },
  no: {
    backgroundColor: tokens.colorNeutralBackground3,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    color: tokens.colorNeutralForeground1,
  },
  verdict: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalM },
  icon: { display: "inline-flex", fontSize: "36px" },
  words: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold },
  why: { display: "block", marginTop: tokens.spacingVerticalXS, color: tokens.colorNeutralForeground1 },
  proof: { marginInline: `calc(-1 * ${tokens.spacingHorizontalM})`, marginBottom: `calc(-1 * ${tokens.spacingVerticalS})`, color: tokens.colorNeutralForeground1 },
});

const reasons = {
  "no-setting": "This chat widget has no authentication setting, so nobody can prove who they are in it.",
  "not-signed-in": "The visitor is not signed in on the website. Anything they say about themselves is unproved.",
} as const;

export function AuthenticatedCard({ authentication }: Pick<ConversationSummary, "authentication">) {
  const styles = useStyles();
  if ("reason" in authentication) {
    return (
      <section className={mergeClasses(styles.card, styles.no)} aria-label="Authentication">
        <div className={styles.verdict}>
          <ShieldQuestionFilled className={styles.icon} aria-hidden />
          <h2 className={styles.words}>Authenticated: No</h2>
        </div>
        <Text className={styles.why}>{reasons[authentication.reason]}</Text>
      </section>
    );
  }

  const { setting, issuer, subject, keyId, keyFingerprint, verifiedAt, expiresAt, state } = authentication;
  const isLapsed = state === "lapsed";
  const proof: Fact[] = [
    ["Setting", <bdi key="setting">{setting.name}</bdi>],
    ["Issuer", issuer, "code"],
    ["Subject", subject, "code"],
    ["Key id", keyId ?? "none", "code"],
    ["Key fingerprint", keyFingerprint, "code"],
    ["Verified", <FullTime key="verified" time={verifiedAt} />],
    [isLapsed ? "Expired" : "Valid until", <FullTime key="expires" time={expiresAt} />],
  ];
  return (
    <section className={mergeClasses(styles.card, isLapsed ? styles.lapsed : styles.yes)} aria-label="Authentication">
      <div className={styles.verdict}>
        {isLapsed ? (
          <ShieldErrorFilled className={styles.icon} aria-hidden />
        ) : (
          <ShieldCheckmarkFilled className={styles.icon} aria-hidden />
        )}
        <h2 className={styles.words}>Authenticated: Yes</h2>
      </div>
      <Text className={styles.why}>
        {isLapsed ? (
          <>
            <strong>Lapsed.</strong> The proof expired <RelativeTime time={expiresAt} /> and was not renewed: what came
            before is proved, what comes after is not.
          </>
        ) : (
          <>
            Proved with the website's key <RelativeTime time={verifiedAt} />.
          </>
        )}
      </Text>
      <Accordion collapsible className={styles.proof}>
        <AccordionItem value="proof">
          <AccordionHeader as="h3" size="small">
            The proof
          </AccordionHeader>
          <AccordionPanel>
            <Facts facts={proof} />
          </AccordionPanel>
        </AccordionItem>
      </Accordion>
    </section>
  );
}
