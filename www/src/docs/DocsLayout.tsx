// The documentation: public, in the same dress as the consoles, with its own navigation.
import { makeStyles, tokens } from "@fluentui/react-components";
import { BookOpenRegular, CodeRegular, DocumentRegular, ErrorCircleRegular, KeyRegular, ShieldGlobeRegular } from "@fluentui/react-icons";
import { useQuery } from "@tanstack/react-query";
import { sessionQuery } from "../session/session";
import { SidePage } from "../shell/SidePage";
import { TopBar } from "../shell/TopBar";

const useStyles = makeStyles({
  frame: { display: "flex", flexDirection: "column", height: "100dvh", backgroundColor: tokens.colorNeutralBackground2 },
});

const groups = [
  {
    heading: "Documentation",
    items: [
      { to: "/docs", name: "Integration guide", icon: <BookOpenRegular />, end: true },
      { to: "/docs/issuer", name: "Issuer recipe", icon: <KeyRegular /> },
      { to: "/docs/embed", name: "Embed the chat", icon: <CodeRegular /> },
      { to: "/docs/csp", name: "Content-Security-Policy", icon: <ShieldGlobeRegular /> },
      { to: "/docs/files", name: "Files", icon: <DocumentRegular /> },
      { to: "/docs/errors", name: "Error codes", icon: <ErrorCircleRegular /> },
    ],
  },
];

export function DocsLayout() {
  const styles = useStyles();
  const { data } = useQuery(sessionQuery);
  return (
    <div className={styles.frame}>
      <TopBar operator={data && !data.isOver ? data.operator : null} />
      <SidePage label="Documentation" groups={groups} />
    </div>
  );
}
