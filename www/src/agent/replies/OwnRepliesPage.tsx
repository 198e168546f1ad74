// `/agent/canned-replies`: an agent's own texts, with the shared ones beside them to read.
import { ownReplies } from "../../api/cannedReplies";
import { RepliesPage } from "../../replies/RepliesPage";

export default function OwnRepliesPage() {
  return (
    <RepliesPage
      resource={ownReplies}
      shared={false}
      path="/agent/canned-replies"
      title="My canned replies"
      lead="Texts that you insert into your answers, and complete. The shared ones are the administrators'."
      trail={[{ to: "/agent", name: "Inbox" }, { name: "My canned replies" }]}
    />
  );
}
