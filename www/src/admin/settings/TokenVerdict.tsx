// The verdict on a pasted token: accepted or refused, and each step in the order it is taken.
import { makeStyles, mergeClasses, MessageBar, MessageBarBody, MessageBarTitle, Text, tokens } from "@fluentui/react-components";
import { CheckmarkCircleFilled, DismissCircleFilled, SubtractCircleRegular } from "@fluentui/react-icons";
import type { ContextReport, StepReport, TokenReport } from "../../api/types";
import { coded } from "../../shell/coded";
import { RouterLink } from "../../shell/RouterLink";

const useStyles = makeStyles({
  place: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM, minWidth: 0 },
  steps: { listStyleType: "none", margin: 0, padding: 0 },
  step: {
    display: "grid",
    gridTemplateColumns: "20px minmax(0, 1fr)",
    columnGap: tokens.spacingHorizontalM,
    paddingBlock: tokens.spacingVerticalS,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ":last-child": { borderBottomWidth: 0 },
  },
  icon: { display: "inline-flex", fontSize: "20px", lineHeight: 1 },
  passed: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  skipped: { color: tokens.colorNeutralForeground3 },
  name: { fontWeight: tokens.fontWeightSemibold },
  detail: { color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
});

const verdicts = {
  passed: { icon: <CheckmarkCircleFilled />, said: "passed" },
  failed: { icon: <DismissCircleFilled />, said: "failed" },
  skipped: { icon: <SubtractCircleRegular />, said: "skipped" },
} as const satisfies Record<StepReport["verdict"], unknown>;

export function TokenVerdict({ report }: { report: TokenReport }) {
  const styles = useStyles();
  const failed = report.steps.find(({ verdict }) => verdict === "failed");
  return (
    <section className={styles.place} aria-label="Token">
      <MessageBar intent={report.code ? "error" : "success"} layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{report.code ? "The token is refused" : "The token is accepted"}</MessageBarTitle>
          {report.code ? (
            <>
              {failed && coded(failed.detail)}{" "}
              <RouterLink to={`/docs/errors#${report.code}`} inline>
                {report.code}
              </RouterLink>
            </>
          ) : (
            "A chat started with it says “Authenticated: Yes”."
          )}
        </MessageBarBody>
      </MessageBar>
      {report.context.map((context) => (
        <NotAdmitted key={context.workStream.id} context={context} />
      ))}
      <ol className={styles.steps}>
        {report.steps.map(({ name, verdict, detail }) => (
          <li key={name} className={styles.step}>
            <span className={mergeClasses(styles.icon, styles[verdict])} role="img" aria-label={verdicts[verdict].said}>
              {verdicts[verdict].icon}
            </span>
            <div>
              <Text block className={styles.name}>
                {inWords(name)}
              </Text>
              <Text block className={styles.detail}>
                {coded(detail)}
              </Text>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Context that the token brings and no agent would see. */
function NotAdmitted({ context: { workStream, notAdmitted } }: { context: ContextReport }) {
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>Agents would not see all of its context</MessageBarTitle>
        In the work stream{" "}
        <RouterLink to={`/admin/work-streams/${workStream.id}`} inline>
          {workStream.name}
        </RouterLink>
        :
        <ul>
          {notAdmitted.map(({ name, reason }) => (
            <li key={name}>{coded(reason)}</li>
          ))}
        </ul>
      </MessageBarBody>
    </MessageBar>
  );
}

/** "issuer-and-audience" as a heading. */
function inWords(name: string): string {
  const words = name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
