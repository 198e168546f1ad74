// `/admin/operators`: the people who sign in to the consoles.
import { Badge, makeStyles, Persona, tokens } from "@fluentui/react-components";
import { PersonAddRegular, PersonSettingsRegular } from "@fluentui/react-icons";
import { availabilityText } from "../../agent/availability/useAvailability";
import { operators } from "../../api/admin";
import { useList } from "../../api/useResource";
import { useOperator } from "../../session/session";
import { EmptyState } from "../../shell/EmptyState";
import { PageBody } from "../../shell/PageBody";
import { LinkButton, RouterLink } from "../../shell/RouterLink";
import { FullTime } from "../../shell/times";
import { ResourceTable } from "../ResourceTable";
import { roleNames } from "./RoleField";

const path = "/admin/operators";

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
});

export default function OperatorsPage() {
  const styles = useStyles();
  const me = useOperator();
  const list = useList(operators);
  const add = (
    <LinkButton to={`${path}/new`} appearance="primary" icon={<PersonAddRegular />}>
      Add operator
    </LinkButton>
  );
  return (
    <PageBody title="Operators" lead="People who sign in here: administrators change settings, supervisors see all chats, agents answer those of their queues." actions={add}>
      <ResourceTable
        label="Operators"
        list={list}
        columns={[
          {
            name: "Name",
            cell: ({ id, name, email }) => (
              <Persona
                name={name}
                avatar={{ color: "colorful" }}
                primaryText={
                  <RouterLink to={`${path}/${id}`}>
                    <bdi>{name}</bdi>
                  </RouterLink>
                }
                secondaryText={<bdi>{email}</bdi>}
              />
            ),
          },
          { name: "Role", wideOnly: true, cell: ({ role }) => roleNames[role] },
          {
            name: "Availability",
            wideOnly: true,
            cell: ({ disabled, availability }) => !disabled && <bdi>{availabilityText(availability)}</bdi>,
          },
          { name: "Capacity", wideOnly: true, cell: ({ capacity }) => capacity ?? <span className={styles.quiet}>no limit</span> },
          { name: "Added", wideOnly: true, cell: ({ createdAt }) => <span className={styles.quiet}><FullTime time={createdAt} /></span> },
          {
            name: "State",
            cell: ({ id, disabled }) =>
              disabled ? (
                <Badge appearance="tint" color="danger">
                  disabled
                </Badge>
              ) : id === me.id ? (
                <Badge appearance="outline" color="brand">
                  you
                </Badge>
              ) : null,
          },
        ]}
        empty={
          <EmptyState icon={<PersonSettingsRegular />} title="Nobody yet" action={add}>
            Add the people who will answer chats.
          </EmptyState>
        }
      />
    </PageBody>
  );
}
