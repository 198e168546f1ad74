// `/admin`: the way from a fresh server to the first authenticated chat, with what is done ticked off.
import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import { CheckmarkFilled } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { authenticationSettings, chatWidgets, operators, readAudit, workStreams } from "../../api/admin";
import { useAll } from "../../api/useResource";
import { PageBody } from "../../shell/PageBody";
import { PageLoading } from "../../shell/PageLoading";
import { Panel } from "../../shell/Panel";
import { ProblemBar } from "../../shell/ProblemBar";
import { LinkButton, RouterLink } from "../../shell/RouterLink";

const useStyles = makeStyles({
  steps: { listStyleType: "none", margin: 0, padding: 0 },
  step: {
    display: "grid",
    gridTemplateColumns: "36px minmax(0, 1fr) auto",
    gap: tokens.spacingHorizontalL,
    alignItems: "center",
    padding: tokens.spacingHorizontalL,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ":last-child": { borderBottomWidth: 0 },
    "@media (max-width: 639px)": { gridTemplateColumns: "36px minmax(0, 1fr)" },
  },
  number: {
    display: "grid",
    placeItems: "center",
    width: "34px",
    height: "34px",
    borderRadius: tokens.borderRadiusCircular,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    color: tokens.colorNeutralForeground2,
    fontWeight: tokens.fontWeightSemibold,
    boxSizing: "border-box",
  },
  done: {
    border: "none",
    backgroundColor: tokens.colorStatusSuccessBackground3,
    color: tokens.colorNeutralForegroundInverted,
    fontSize: "18px",
  },
  text: { color: tokens.colorNeutralForeground2 },
  action: { "@media (max-width: 639px)": { gridColumnStart: 2, justifySelf: "start" } },
});

export default function StartPage() {
  const styles = useStyles();
  const settings = useAll(authenticationSettings);
  const widgets = useAll(chatWidgets);
  const streams = useAll(workStreams);
  const people = useAll(operators);
  // A chat that was started shows that the script tag is on a page.
  const chats = useQuery({
    queryKey: ["audit", "list", "started"],
    queryFn: () => readAudit({ action: "conversation.started", limit: 1 }),
  });
  const failed = [settings, widgets, streams, people].find(({ error }) => error);
  if (failed && !failed.data) return <PageBody title="Start">{<ProblemBar error={failed.error} />}</PageBody>;
  if (!settings.data || !widgets.data || !streams.data || !people.data) return <PageLoading />;

  const first = widgets.data[0];
  return (
    <PageBody
      title="From here to the first authenticated chat"
      lead="Five steps. Each can be done again, changed or left for later."
    >
      <Panel flush>
        <ol className={styles.steps}>
          <Step
            number={1}
            isDone={settings.data.length > 0}
            title="Connect the website's sign-in"
            action={<LinkButton to="/admin/authentication-settings/new">Record a setting</LinkButton>}
          >
            Where it publishes its keys, and which function of the page gives a token. The{" "}
            <RouterLink to="/docs/issuer" inline>
              issuer recipe
            </RouterLink>{" "}
            is for its developers.
          </Step>
          <Step
            number={2}
            isDone={streams.data.some(({ contextVariables }) => contextVariables.length > 0)}
            title="Declare what the website may tell about a visitor"
            action={<LinkButton to="/admin/work-streams">Work streams</LinkButton>}
          >
            Context variables for agents to see, and rules that choose the queue by them.
          </Step>
          <Step
            number={3}
            isDone={widgets.data.some(({ authenticationSetting }) => authenticationSetting != null)}
            title="Make a chat widget with that setting"
            action={<LinkButton to="/admin/chat-widgets/new">New chat widget</LinkButton>}
          >
            It says which pages may show the chat, and whether visitors must be signed in.
          </Step>
          <Step
            number={4}
            isDone={(chats.data?.items.length ?? 0) > 0}
            title="Paste its script tag into the website"
            action={
              <LinkButton to={first ? `/admin/chat-widgets/${first.id}` : "/docs/embed"}>
                {first ? "Copy the script tag" : "Read how"}
              </LinkButton>
            }
          >
            One line of HTML. Pages with a Content-Security-Policy need{" "}
            <RouterLink to="/docs/csp" inline>
              two more
            </RouterLink>
            .
          </Step>
          <Step
            number={5}
            isDone={people.data.some(({ role, disabled }) => role === "agent" && !disabled)}
            title="Add the people who answer"
            action={<LinkButton to="/admin/operators/new">Add operator</LinkButton>}
          >
            Agents see the inbox of their queues. You can answer chats yourself under Inbox.
          </Step>
        </ol>
      </Panel>
    </PageBody>
  );
}

interface StepProps {
  number: number;
  isDone: boolean;
  title: string;
  action: ReactNode;
  children: ReactNode;
}

function Step({ number, isDone, title, action, children }: StepProps) {
  const styles = useStyles();
  return (
    <li className={styles.step}>
      <span className={mergeClasses(styles.number, isDone && styles.done)} role="img" aria-label={isDone ? "Done" : `Step ${number}`}>
        {isDone ? <CheckmarkFilled /> : number}
      </span>
      <div>
        <Text as="h2" block weight="semibold" size={400} style={{ margin: 0 }}>
          {title}
        </Text>
        <Text block className={styles.text}>
          {children}
        </Text>
      </div>
      <span className={styles.action}>{action}</span>
    </li>
  );
}
