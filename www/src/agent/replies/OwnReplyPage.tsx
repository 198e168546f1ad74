// `/agent/canned-replies/new` and `…/{id}`.
import { ownReplies } from "../../api/cannedReplies";
import { ReplyPage } from "../../replies/RepliesPage";

export default function OwnReplyPage() {
  return <ReplyPage resource={ownReplies} shared={false} path="/agent/canned-replies" title="My canned replies" />;
}
