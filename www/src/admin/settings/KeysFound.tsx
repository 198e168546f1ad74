// What the public key URL answered: the verdict, the answer's facts, each key, and the entries that gave none.
import {
  Badge,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  tokens,
} from "@fluentui/react-components";
import type { KeyReport, KeysReport, PassedOverReport } from "../../api/types";
import { coded } from "../../shell/coded";
import { CopyButton } from "../../shell/CopyButton";
import { RouterLink } from "../../shell/RouterLink";
import { useNow } from "../../shell/clock";
import { FullTime } from "../../shell/times";

const useStyles = makeStyles({
  place: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM, minWidth: 0 },
  body: { overflowWrap: "anywhere" },
  facts: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(170px, 1fr))",
    gap: tokens.spacingHorizontalM,
    margin: 0,
    padding: tokens.spacingHorizontalM,
    backgroundColor: tokens.colorNeutralBackground2,
    borderRadius: tokens.borderRadiusMedium,
  },
  term: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  fact: { margin: 0, overflowWrap: "anywhere" },
  scroll: { overflowX: "auto" },
  table: { minWidth: "560px" },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: "anywhere" },
  print: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalXS },
  entry: { width: "4em" },
  kid: { width: "25%" },
  reason: { overflowWrap: "anywhere", paddingBlock: tokens.spacingVerticalXS },
  soon: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, alignItems: "center" },
});

const formats: Record<string, string> = { pem: "PEM", array: "Array of keys", jwks: "JWKS" };
const soonMs = 14 * 86_400_000;

export function KeysFound({ report }: { report: KeysReport }) {
  const styles = useStyles();
  const mistakes = report.passedOver.filter((entry) => entry.isMistake);
  const others = report.passedOver.filter((entry) => !entry.isMistake);
  const now = useNow(60_000);
  const hasExpired = report.keys.some(({ expiresAt }) => expiresAt != null && Date.parse(expiresAt) <= now);
  const facts: [string, string | null | undefined][] = [
    ["Form", report.format && (formats[report.format] ?? report.format)],
    ["Status", report.status?.toString()],
    ["Content-Type", report.contentType],
    ["Size", report.bytes == null ? null : `${report.bytes.toLocaleString()} bytes`],
    ["Time", `${report.durationMs.toLocaleString()} ms`],
  ];
  return (
    <section className={styles.place} aria-label="Keys">
      <MessageBar intent={report.code ? "error" : mistakes.length > 0 || hasExpired ? "warning" : "success"} layout="multiline">
        <MessageBarBody className={styles.body}>
          <MessageBarTitle>{report.code ? "No usable keys" : "Keys found"}</MessageBarTitle>
          {coded(report.message)}{" "}
          {report.code && (
            <RouterLink to={`/docs/errors#${report.code}`} inline>
              {report.code}
            </RouterLink>
          )}
        </MessageBarBody>
      </MessageBar>
      <dl className={styles.facts}>
        {facts.map(([term, fact]) =>
          fact ? (
            <div key={term}>
              <dt className={styles.term}>{term}</dt>
              <dd className={styles.fact}>{fact}</dd>
            </div>
          ) : null,
        )}
      </dl>
      {report.keys.length > 0 && (
        <div className={styles.scroll}>
          <Table size="small" className={styles.table} aria-label="Keys found">
            <TableHeader>
              <TableRow>
                <TableHeaderCell>Key id (kid)</TableHeaderCell>
                <TableHeaderCell>Size</TableHeaderCell>
                <TableHeaderCell>Fingerprint (SHA-256)</TableHeaderCell>
                <TableHeaderCell>Expires</TableHeaderCell>
              </TableRow>
            </TableHeader>
            <TableBody>
              {report.keys.map((key, index) => (
                <TableRow key={`${index} ${key.fingerprint}`}>
                  <TableCell>
                    {key.kid == null ? "none" : <Text className={styles.code}>{key.kid}</Text>}
                  </TableCell>
                  <TableCell>RSA {key.bits}</TableCell>
                  <TableCell>
                    <span className={styles.print}>
                      <Text className={styles.code} title={key.fingerprint}>
                        {key.fingerprint.slice(0, 16)}…
                      </Text>
                      <CopyButton text={key.fingerprint} label="Copy the fingerprint" />
                    </span>
                  </TableCell>
                  <TableCell>
                    <Expiry keyReport={key} />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      )}
      <PassedOver title="Entries that cannot be used" entries={mistakes} />
      <PassedOver title="Keys for something else" entries={others} />
    </section>
  );
}

/** Entries that gave no key: the others serve, and tokens that name one of these are refused. */
function PassedOver({ title, entries }: { title: string; entries: PassedOverReport[] }) {
  const styles = useStyles();
  if (entries.length === 0) return null;
  return (
    <Table size="small" aria-label={title}>
      <TableHeader>
        <TableRow>
          <TableHeaderCell className={styles.entry}>Entry</TableHeaderCell>
          <TableHeaderCell className={styles.kid}>Key id (kid)</TableHeaderCell>
          <TableHeaderCell>{title}</TableHeaderCell>
        </TableRow>
      </TableHeader>
      <TableBody>
        {entries.map(({ entry, kid, reason }) => (
          <TableRow key={entry}>
            <TableCell>{entry}</TableCell>
            <TableCell>{kid == null ? "none" : <Text className={styles.code}>{kid}</Text>}</TableCell>
            <TableCell className={styles.reason}>{coded(reason)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Expiry({ keyReport: { expiresAt } }: { keyReport: KeyReport }) {
  const styles = useStyles();
  const now = useNow(60_000);
  if (expiresAt == null) return <>not said</>;
  const left = Date.parse(expiresAt) - now;
  return (
    <span className={styles.soon}>
      <FullTime time={expiresAt} />
      {left <= 0 && (
        <Badge color="danger" appearance="tint">
          expired
        </Badge>
      )}
      {left > 0 && left < soonMs && (
        <Badge color="warning" appearance="tint">
          soon
        </Badge>
      )}
    </span>
  );
}
