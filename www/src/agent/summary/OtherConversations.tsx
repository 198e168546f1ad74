// The same person's other open conversations, so that two agents do not answer one question twice.
import type { ConversationSummary } from "../../api/types";
import { RelativeTime } from "../../shell/times";
import { LinkedText } from "../chat/links";
import { Facts } from "./Facts";
import { SummarySection } from "./SummarySection";

const states = { waiting: "waiting", active: "with an agent", closed: "closed" } as const;

export function OtherConversations({ conversations }: { conversations: ConversationSummary["otherConversations"] }) {
  if (conversations.length === 0) return null;
  return (
    <SummarySection title="Other open chats of this person">
      {conversations.map(({ id, state, queue, agent, pageUrl, startedAt }) => (
        <Facts
          key={id}
          facts={[
            ["State", agent ? `${states[state]}: ${agent.name}` : states[state]],
            ["Queue", queue.name],
            ["Started", <RelativeTime key="started" time={startedAt} />],
            ["Page", pageUrl === "" ? "not told" : <LinkedText key="url" text={pageUrl} />, "code"],
          ]}
        />
      ))}
    </SummarySection>
  );
}
