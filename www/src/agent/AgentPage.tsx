// `/agent` and `/agent/{conversation}`: the inbox beside the conversation; on a phone one or the other.
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ChatMultipleRegular } from "@fluentui/react-icons";
import { useParams } from "react-router";
import { EmptyState } from "../shell/EmptyState";
import { ConversationPane } from "./ConversationPane";
import { Inbox } from "./inbox/Inbox";

const phone = "@media (max-width: 759px)";

const useStyles = makeStyles({
  frame: { display: "flex", flexGrow: 1, minHeight: 0, outlineStyle: "none" },
  inbox: {
    display: "flex",
    flexDirection: "column",
    flexShrink: 0,
    width: "340px",
    minHeight: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    borderInlineEndWidth: "1px",
    borderInlineEndStyle: "solid",
    borderInlineEndColor: tokens.colorNeutralStroke2,
    boxSizing: "border-box",
    "@media (max-width: 1199px)": { width: "300px" },
    [phone]: { width: "100%", borderInlineEndWidth: 0 },
  },
  conversation: { display: "flex", flexDirection: "column", flexGrow: 1, minWidth: 0, minHeight: 0 },
  hiddenOnPhone: { [phone]: { display: "none" } },
  nothing: { margin: "auto" },
});

export default function AgentPage() {
  const styles = useStyles();
  const { conversation } = useParams();
  return (
    <main id="content" tabIndex={-1} className={styles.frame}>
      <section
        aria-label="Inbox"
        className={mergeClasses(styles.inbox, conversation !== undefined && styles.hiddenOnPhone)}
      >
        <Inbox selected={conversation} />
      </section>
      <section
        aria-label="Conversation"
        className={mergeClasses(styles.conversation, conversation === undefined && styles.hiddenOnPhone)}
      >
        {conversation === undefined ? (
          <div className={styles.nothing}>
            <EmptyState icon={<ChatMultipleRegular />} title="Pick a conversation">
              The one that has waited longest for its priority is on top.
            </EmptyState>
          </div>
        ) : (
          <ConversationPane key={conversation} id={conversation} />
        )}
      </section>
    </main>
  );
}
