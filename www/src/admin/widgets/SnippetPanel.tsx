// What to paste into the website: the script tag, plain or pinned, and what its Content-Security-Policy needs.
import { makeStyles, Tab, TabList, Text, tokens } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { chatWidgets, readSnippet } from "../../api/admin";
import type { ChatWidget, Snippet } from "../../api/types";
import { CodeBlock } from "../../shell/CodeBlock";
import { PageLoading } from "../../shell/PageLoading";
import { Panel } from "../../shell/Panel";
import { ProblemBar } from "../../shell/ProblemBar";
import { RouterLink } from "../../shell/RouterLink";

const useStyles = makeStyles({
  place: { marginBottom: tokens.spacingVerticalL },
  note: { color: tokens.colorNeutralForeground2 },
  stack: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS, minWidth: 0 },
});

type Form = keyof Snippet;

const notes: Record<Form, string> = {
  html: "Paste it once, anywhere in the page. It does not hold the page up, and loads the chat only when somebody is about to open it.",
  htmlWithIntegrity:
    "For sites that pin what they load: the browser runs exactly this script or none. Copy it again after the server is updated.",
  contentSecurityPolicy: "Add these to the website's Content-Security-Policy, when it has one.",
};

export function SnippetPanel({ widget }: { widget: ChatWidget }) {
  const styles = useStyles();
  const [form, setForm] = useState<Form>("html");
  const { data, error } = useQuery({
    queryKey: [chatWidgets.key, "snippet", widget.id],
    queryFn: () => readSnippet(widget.id),
  });
  return (
    <div className={styles.place}>
      <Panel
        title="Embed it"
        lead={
          <>
            More ways, and the events a page can listen to:{" "}
            <RouterLink to="/docs/embed" inline>
              Embed the chat
            </RouterLink>
          </>
        }
      >
        {error && <ProblemBar error={error} title="The snippet could not be read" />}
        {!data && !error && <PageLoading />}
        {data && (
          <div className={styles.stack}>
            <TabList selectedValue={form} onTabSelect={(_, { value }) => setForm(value as Form)}>
              <Tab value="html">Script tag</Tab>
              <Tab value="htmlWithIntegrity">With integrity</Tab>
              <Tab value="contentSecurityPolicy">CSP</Tab>
            </TabList>
            <CodeBlock code={data[form]} label="snippet" />
            <Text className={styles.note}>{notes[form]}</Text>
          </div>
        )}
      </Panel>
    </div>
  );
}
