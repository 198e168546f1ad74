// What went wrong, as a sentence, with the request id that finds it in the server's log and in the audit.
import {
  Link,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  tokens,
} from "@fluentui/react-components";
import type { ReactNode } from "react";
import { type ApiProblem, asProblem } from "../api/problem";
import { coded } from "./coded";
import { CopyButton } from "./CopyButton";

const useStyles = makeStyles({
  bar: { flexShrink: 0 },
  body: { overflowWrap: "anywhere" },
  list: { margin: 0, paddingInlineStart: "1.2em" },
  request: {
    display: "inline-flex",
    alignItems: "center",
    gap: "2px",
    color: tokens.colorNeutralForeground2,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
  },
});

export interface ProblemBarProps {
  error: unknown;
  /** Messages of `fields` that have no place on the page. */
  stray?: readonly string[];
  /** What was being done: "The setting could not be saved". */
  title?: string;
  actions?: ReactNode;
  /** Every field says by itself what is wrong with it. */
  areFieldsMarked?: boolean;
  /** Only the sentence: for a mistake of the reader's own, which needs no code and no request id. */
  plain?: boolean;
}

export function ProblemBar({ error, stray = [], title, actions, areFieldsMarked = false, plain = false }: ProblemBarProps) {
  const styles = useStyles();
  const problem = asProblem(error);
  const sentence = sentenceOf(problem);
  return (
    <MessageBar intent="error" layout="multiline" className={styles.bar} role="alert">
      <MessageBarBody className={styles.body}>
        <MessageBarTitle>{title ?? problem.title}</MessageBarTitle>
        {areFieldsMarked ? "Look at what is marked below." : stray.includes(sentence) ? null : coded(sentence)}{" "}
        {stray.length > 0 && (
          <ul className={styles.list}>
            {stray.map((message) => (
              <li key={message}>{coded(message)}</li>
            ))}
          </ul>
        )}
        {!plain && (
          <Link href={`/docs/errors#${problem.code}`} target="_blank" inline>
            {problem.code}
          </Link>
        )}{" "}
        {!plain && problem.requestId && (
          <span className={styles.request}>
            request {problem.requestId}
            <CopyButton text={problem.requestId} label="Copy the request id" />
          </span>
        )}
      </MessageBarBody>
      {actions && <MessageBarActions>{actions}</MessageBarActions>}
    </MessageBar>
  );
}

/** Of one field that is wrong, what is wrong with it: where it stands in the request says nothing to people. */
function sentenceOf({ fields: [field, ...others], message }: ApiProblem): string {
  return field !== undefined && others.length === 0 ? field.message : message;
}
