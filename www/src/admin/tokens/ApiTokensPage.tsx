// `/admin/api-tokens`: what programs sign in with. Their secrets are not here, nor anywhere else.
import { makeStyles, tokens } from "@fluentui/react-components";
import { KeyRegular } from "@fluentui/react-icons";
import { apiTokens, operators } from "../../api/admin";
import { useAll, useList } from "../../api/useResource";
import { EmptyState } from "../../shell/EmptyState";
import { PageBody } from "../../shell/PageBody";
import { LinkButton } from "../../shell/RouterLink";
import { FullTime } from "../../shell/times";
import { DeleteButton } from "../DeleteButton";
import { ResourceTable } from "../ResourceTable";

const path = "/admin/api-tokens";

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
});

export default function ApiTokensPage() {
  const styles = useStyles();
  const list = useList(apiTokens);
  const people = useAll(operators);
  const nameOf = (id: string) => people.data?.find((operator) => operator.id === id)?.name ?? id;
  const add = (
    <LinkButton to={`${path}/new`} appearance="primary" icon={<KeyRegular />}>
      New API token
    </LinkButton>
  );
  return (
    <PageBody
      title="API tokens"
      lead="For programs that use this server's API. A token may do what the operator who made it may do."
      actions={add}
    >
      <ResourceTable
        label="API tokens"
        list={list}
        columns={[
          { name: "Name", cell: ({ name }) => <bdi>{name}</bdi> },
          { name: "Acts as", cell: ({ operator }) => <bdi>{nameOf(operator)}</bdi> },
          {
            name: "Made",
            wideOnly: true,
            cell: ({ createdAt }) => (
              <span className={styles.quiet}>
                <FullTime time={createdAt} />
              </span>
            ),
          },
          {
            name: "Delete",
            isActions: true,
            cell: (token) => (
              <DeleteButton
                resource={apiTokens}
                item={token}
                noun="API token"
                consequence="Programs that use it are refused from now on."
                backTo={path}
                compact
              />
            ),
          },
        ]}
        empty={
          <EmptyState icon={<KeyRegular />} title="No API tokens" action={add}>
            Make one for a program that reads conversations or changes settings.
          </EmptyState>
        }
      />
    </PageBody>
  );
}
