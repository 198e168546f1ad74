// A list of canned replies, and the page that edits one: the same for the shared ones and for an agent's own.
import { Badge } from "@fluentui/react-components";
import { AddRegular, TextQuoteRegular } from "@fluentui/react-icons";
import { DeleteButton } from "../admin/DeleteButton";
import { EditPage } from "../admin/EditPage";
import { ResourceTable } from "../admin/ResourceTable";
import type { Resource } from "../api/admin";
import type { CannedReply, CannedReplyBody } from "../api/types";
import { useList } from "../api/useResource";
import { EmptyState } from "../shell/EmptyState";
import { PageBody } from "../shell/PageBody";
import { LinkButton, RouterLink } from "../shell/RouterLink";
import { ReplyForm } from "./ReplyForm";

export interface RepliesProps {
  resource: Resource<CannedReply, CannedReplyBody>;
  /** Whether those that can be changed here are the shared ones. */
  shared: boolean;
  path: string;
  title: string;
  lead: string;
  trail?: { to?: string; name: string }[];
}

export function RepliesPage({ resource, shared, path, title, lead, trail = [] }: RepliesProps) {
  const list = useList(resource);
  const add = (
    <LinkButton to={`${path}/new`} appearance="primary" icon={<AddRegular />}>
      New canned reply
    </LinkButton>
  );
  return (
    <PageBody title={title} lead={lead} trail={trail} actions={add}>
      <ResourceTable
        label={title}
        list={list}
        columns={[
          {
            name: "Name",
            cell: (reply) =>
              reply.shared === shared ? (
                <RouterLink to={`${path}/${reply.id}`}>{reply.name}</RouterLink>
              ) : (
                <>
                  <bdi>{reply.name}</bdi>{" "}
                  <Badge appearance="outline" color="informative">
                    shared
                  </Badge>
                </>
              ),
          },
          { name: "Text", wideOnly: true, cell: ({ text }) => <bdi>{beginningOf(text)}</bdi> },
          {
            name: "Actions",
            isActions: true,
            cell: (reply) =>
              reply.shared === shared && (
                <DeleteButton
                  compact
                  resource={resource}
                  item={reply}
                  noun="canned reply"
                  consequence={shared ? "No agent can insert it any more." : "You cannot insert it any more."}
                  backTo={path}
                />
              ),
          },
        ]}
        empty={
          <EmptyState icon={<TextQuoteRegular />} title="No canned reply yet" action={add}>
            Write a text once, and insert it into any chat with / and its name.
          </EmptyState>
        }
      />
    </PageBody>
  );
}

export function ReplyPage({ resource, shared, path, title }: Omit<RepliesProps, "lead">) {
  return (
    <EditPage resource={resource} above={{ to: path, name: title }} newTitle="New canned reply">
      {(reply) => <ReplyForm resource={resource} shared={shared} path={path} reply={reply} />}
    </EditPage>
  );
}

/** Characters of a text that a list shows. */
const shown = 120;

function beginningOf(text: string): string {
  const letters = [...text];
  return letters.length > shown ? `${letters.slice(0, shown).join("")}…` : text;
}
