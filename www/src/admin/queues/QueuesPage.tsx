// `/admin/queues`: the list, with how many wait.
import { CounterBadge } from "@fluentui/react-components";
import { AddRegular, PeopleQueueRegular } from "@fluentui/react-icons";
import { queues } from "../../api/admin";
import { useList } from "../../api/useResource";
import { EmptyState } from "../../shell/EmptyState";
import { PageBody } from "../../shell/PageBody";
import { LinkButton, RouterLink } from "../../shell/RouterLink";
import { DeleteButton } from "../DeleteButton";
import { ResourceTable } from "../ResourceTable";
import { UsedBy } from "../UsedBy";

const path = "/admin/queues";

export default function QueuesPage() {
  const list = useList(queues);
  const add = (
    <LinkButton to={`${path}/new`} appearance="primary" icon={<AddRegular />}>
      New queue
    </LinkButton>
  );
  return (
    <PageBody title="Queues" lead="Where chats wait until an agent takes them. Members of a queue see its chats." actions={add}>
      <ResourceTable
        label="Queues"
        list={list}
        columns={[
          { name: "Name", cell: ({ id, name }) => <RouterLink to={`${path}/${id}`}>{name}</RouterLink> },
          { name: "Members", cell: ({ members }) => membersOf(members) },
          { name: "Used by", wideOnly: true, cell: ({ usedBy }) => <UsedBy users={usedBy} at="/admin/work-streams" /> },
          {
            name: "Waiting",
            cell: ({ waiting }) =>
              waiting === 0 ? "0" : <CounterBadge count={waiting} color="brand" overflowCount={999} />,
          },
          {
            name: "Actions",
            isActions: true,
            cell: (item) => (
              <DeleteButton
                compact
                resource={queues}
                item={item}
                noun="queue"
                consequence="No chat can be sent to it any more."
                usedBy={item.usedBy}
                usersAt="/admin/work-streams"
                userNoun="work stream"
                backTo={path}
              />
            ),
          },
        ]}
        empty={
          <EmptyState icon={<PeopleQueueRegular />} title="No queue yet" action={add}>
            Work streams send chats to queues; agents serve them.
          </EmptyState>
        }
      />
    </PageBody>
  );
}

function membersOf(members: string[] | null | undefined): string {
  if (members == null) return "everybody";
  if (members.length === 0) return "nobody";
  return members.length === 1 ? "1 operator" : `${members.length} operators`;
}
