// `/admin/canned-replies/new` and `…/{id}`.
import { sharedReplies } from "../../api/cannedReplies";
import { ReplyPage } from "../../replies/RepliesPage";

export default function SharedReplyPage() {
  return <ReplyPage resource={sharedReplies} shared path="/admin/canned-replies" title="Canned replies" />;
}
