// The conversation summary: the verdict first, then who it is, what is known, and how the chat came here.
import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { ConversationSummary } from "../../api/types";
import { RelativeTime } from "../../shell/times";
import { LinkedText } from "../chat/links";
import { AuthenticatedCard } from "./AuthenticatedCard";
import { ContextCards } from "./ContextCards";
import { type Fact, Facts } from "./Facts";
import { SummarySection } from "./SummarySection";

const useStyles = makeStyles({
  summary: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXL, padding: tokens.spacingHorizontalL },
  name: { display: "block", fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold, marginBottom: tokens.spacingVerticalXS },
  note: { color: tokens.colorNeutralForeground2 },
});

const notLinked = {
  "not-authenticated": "Not linked: the visitor's identity is not proved.",
  "no-such-contact": "Not linked: no contact has the token's subject as its id.",
  "contact-inactive": "Not linked: the contact with this id is inactive.",
} as const;

/** `others`: what is shown of the same person's other conversations. */
export function Summary({ summary, others }: { summary: ConversationSummary; others?: ReactNode }) {
  const styles = useStyles();
  const { authentication, contact, context, profile, queue, rule, priority, page, agent, startedAt } = summary;
  const profileFacts = present([
    ["Name", [profile.givenName, profile.familyName].filter(Boolean).join(" ")],
    ["User name", profile.preferredUsername],
    ["E-mail", profile.email],
    ["Telephone", profile.phoneNumber],
  ]);
  return (
    <div className={styles.summary}>
      <AuthenticatedCard authentication={authentication} />

      <SummarySection title="Contact">
        {"notLinked" in contact ? (
          <Text className={styles.note}>{notLinked[contact.notLinked]}</Text>
        ) : (
          <>
            <bdi className={styles.name}>{contact.name}</bdi>
            <Facts
              facts={present([
                ["E-mail", contact.email],
                ["Telephone", contact.phone],
                ["Id", contact.id, "code"],
              ])}
            />
          </>
        )}
      </SummarySection>

      {profileFacts.length > 0 && (
        <SummarySection title="What the token says about the person">
          <Facts facts={profileFacts} />
        </SummarySection>
      )}

      {others}

      <ContextCards context={context} />

      <SummarySection title="Routing">
        <Facts
          facts={[
            ["Queue", queue.name],
            ["Rule", rule ?? (summary.cameFrom == null ? "none matched: fallback queue" : "none: an agent chose the queue")],
            ["Priority", String(priority)],
            ["Started", <RelativeTime key="started" time={startedAt} />],
            ...present([
              ["Agent", agent?.name],
              ["Came from", summary.cameFrom == null ? null : `${summary.cameFrom.agent.name}, ${summary.cameFrom.queue.name}`],
            ]),
          ]}
        />
      </SummarySection>

      <SummarySection title="Page (as the browser tells it)">
        <Facts
          facts={present([
            ["Title", page.title],
            ["Address", page.url === "" ? null : <LinkedText key="url" text={page.url} />, "code"],
            ["Language", page.locale],
          ])}
        />
      </SummarySection>
    </div>
  );
}

/** The facts that have a value. */
function present(facts: (readonly [string, React.ReactNode, "code"?])[]): Fact[] {
  return facts.filter(([, value]) => value != null && value !== "");
}
