// `/docs/errors`: every error code with an anchor of its own. The server's problems point here.
import { Badge, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useEffect } from "react";
import { useLocation } from "react-router";
import type { ErrorCode } from "../api/types";
import { Article } from "./Article";
import { codesInOrder, type ErrorExplanation, errorCodes, type RaisedBy } from "./errorCodes";

const useStyles = makeStyles({
  code: {
    scrollMarginTop: tokens.spacingVerticalL,
    marginBottom: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    "& p": { margin: `${tokens.spacingVerticalXS} 0 0` },
  },
  here: { outline: `2px solid ${tokens.colorCompoundBrandStroke}` },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
  name: { margin: "0 !important", fontFamily: tokens.fontFamilyMonospace },
  anchor: { color: "inherit", textDecorationLine: "none", ":hover": { textDecorationLine: "underline" } },
  facts: { marginInlineStart: "auto", display: "flex", gap: tokens.spacingHorizontalXS },
  remedy: { color: tokens.colorNeutralForeground2 },
});

const groups: Record<RaisedBy, [heading: string, lead: string]> = {
  page: ["In the page", "Before anything is sent, or when nobody is signed in."],
  token: ["The token is refused", "In the order in which a token is judged: the first that does not hold is told."],
  keys: ["The keys cannot be had", "The token could not be judged. It is not the visitor's fault; try again later."],
  server: ["From the server", "About the request, the session, or the state of things."],
};

export default function ErrorsPage() {
  const { hash } = useLocation();
  const wanted = hash.slice(1);

  useEffect(() => {
    if (wanted !== "") document.getElementById(wanted)?.scrollIntoView({ block: "start" });
  }, [wanted]);

  return (
    <Article
      title="Error codes"
      lead="One code names one cause everywhere: in the page's error event, in the server's answer, in its log and in the audit, joined by one request id."
    >
      {(Object.keys(groups) as RaisedBy[]).map((raisedBy) => {
        const [heading, lead] = groups[raisedBy];
        return (
          <section key={raisedBy} aria-labelledby={`raised-by-${raisedBy}`}>
            <h2 id={`raised-by-${raisedBy}`}>{heading}</h2>
            <p>{lead}</p>
            {codesInOrder
              .filter((code) => errorCodes[code].raisedBy === raisedBy)
              .map((code) => (
                <Explanation key={code} code={code} explanation={errorCodes[code]} isWanted={code === wanted} />
              ))}
          </section>
        );
      })}
      <h2>On the wire</h2>
      <p>
        The server answers errors as <code>application/problem+json</code> with <code>code</code>, <code>detail</code>,{" "}
        <code>requestId</code> and, for <code>invalid-request</code>, <code>fields</code>. The number beside each code is
        the one that pages written for <code>lcw:error</code> expect.
      </p>
    </Article>
  );
}

interface ExplanationProps {
  code: ErrorCode;
  explanation: ErrorExplanation;
  isWanted: boolean;
}

function Explanation({ code, explanation: { status, lcw, means, remedy }, isWanted }: ExplanationProps) {
  const styles = useStyles();
  return (
    <div id={code} className={mergeClasses(styles.code, isWanted && styles.here)}>
      <div className={styles.head}>
        <h3 className={styles.name}>
          <a className={styles.anchor} href={`#${code}`}>
            {code}
          </a>
        </h3>
        <span className={styles.facts}>
          {status !== null && (
            <Badge appearance="outline" color="informative">
              HTTP {status}
            </Badge>
          )}
          <Badge appearance="outline" color="informative">
            lcw {lcw}
          </Badge>
        </span>
      </div>
      <p>{means}</p>
      <p className={styles.remedy}>{remedy}</p>
    </div>
  );
}
