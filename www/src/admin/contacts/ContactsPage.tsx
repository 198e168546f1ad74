// `/admin/contacts`: the customers' records. A verified token's `sub` links a chat to the one with that id.
import { Badge, makeStyles, Text, tokens } from "@fluentui/react-components";
import { AddRegular, ContactCardRegular } from "@fluentui/react-icons";
import { contacts } from "../../api/admin";
import { useList } from "../../api/useResource";
import { EmptyState } from "../../shell/EmptyState";
import { PageBody } from "../../shell/PageBody";
import { LinkButton, RouterLink } from "../../shell/RouterLink";
import { DeleteButton } from "../DeleteButton";
import { ResourceTable } from "../ResourceTable";

const path = "/admin/contacts";

const useStyles = makeStyles({
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: "anywhere" },
});

export default function ContactsPage() {
  const styles = useStyles();
  const list = useList(contacts);
  const add = (
    <LinkButton to={`${path}/new`} appearance="primary" icon={<AddRegular />}>
      New contact
    </LinkButton>
  );
  return (
    <PageBody
      title="Contacts"
      lead="Your customers' records. When a token's sub is the id of an active contact, the agent sees the record."
      actions={add}
    >
      <ResourceTable
        label="Contacts"
        list={list}
        columns={[
          {
            name: "Name",
            cell: ({ id, name }) => (
              <RouterLink to={`${path}/${encodeURIComponent(id)}`}>
                <bdi>{name}</bdi>
              </RouterLink>
            ),
          },
          { name: "E-mail", wideOnly: true, cell: ({ email }) => <bdi>{email ?? ""}</bdi> },
          { name: "Telephone", wideOnly: true, cell: ({ phone }) => <bdi>{phone ?? ""}</bdi> },
          { name: "Id", wideOnly: true, cell: ({ id }) => <Text className={styles.code}>{id}</Text> },
          {
            name: "State",
            cell: ({ active }) =>
              active ? (
                <Badge appearance="tint" color="success">
                  active
                </Badge>
              ) : (
                <Badge appearance="outline" color="informative">
                  inactive
                </Badge>
              ),
          },
          {
            name: "Actions",
            isActions: true,
            cell: (item) => (
              <DeleteButton
                compact
                resource={contacts}
                item={item}
                noun="contact"
                consequence="Later chats of this customer are not linked to a record."
                backTo={path}
              />
            ),
          },
        ]}
        empty={
          <EmptyState icon={<ContactCardRegular />} title="No contact yet" action={add}>
            Give a contact the id that the website's tokens name as sub, and its chats show the record.
          </EmptyState>
        }
      />
    </PageBody>
  );
}
