// `/admin/work-streams`: the list.
import { AddRegular, FlowRegular } from "@fluentui/react-icons";
import { workStreams } from "../../api/admin";
import { useList } from "../../api/useResource";
import { EmptyState } from "../../shell/EmptyState";
import { PageBody } from "../../shell/PageBody";
import { LinkButton, RouterLink } from "../../shell/RouterLink";
import { DeleteButton } from "../DeleteButton";
import { ResourceTable } from "../ResourceTable";
import { UsedBy } from "../UsedBy";

const path = "/admin/work-streams";

export default function WorkStreamsPage() {
  const list = useList(workStreams);
  const add = (
    <LinkButton to={`${path}/new`} appearance="primary" icon={<AddRegular />}>
      New work stream
    </LinkButton>
  );
  return (
    <PageBody
      title="Work streams"
      lead="A work stream says which context variables a chat may bring, and its rules choose the queue."
      actions={add}
    >
      <ResourceTable
        label="Work streams"
        list={list}
        columns={[
          { name: "Name", cell: ({ id, name }) => <RouterLink to={`${path}/${id}`}>{name}</RouterLink> },
          { name: "Context variables", wideOnly: true, cell: ({ contextVariables }) => contextVariables.length },
          { name: "Rules", wideOnly: true, cell: ({ rules }) => rules.length },
          { name: "Used by", cell: ({ usedBy }) => <UsedBy users={usedBy} at="/admin/chat-widgets" /> },
          {
            name: "Actions",
            isActions: true,
            cell: (item) => (
              <DeleteButton
                compact
                resource={workStreams}
                item={item}
                noun="work stream"
                consequence="Its context variables and rules go with it."
                usedBy={item.usedBy}
                usersAt="/admin/chat-widgets"
                userNoun="chat widget"
                backTo={path}
              />
            ),
          },
        ]}
        empty={
          <EmptyState icon={<FlowRegular />} title="No work stream yet" action={add}>
            A chat widget needs one: it leads its chats to a queue.
          </EmptyState>
        }
      />
    </PageBody>
  );
}
