// `/admin/canned-replies`: the texts that all agents may insert.
import { sharedReplies } from "../../api/cannedReplies";
import { RepliesPage } from "../../replies/RepliesPage";

export default function SharedRepliesPage() {
  return (
    <RepliesPage
      resource={sharedReplies}
      shared
      path="/admin/canned-replies"
      title="Canned replies"
      lead="Texts that all agents insert into their answers, and complete. Agents also have their own."
    />
  );
}
