// `/admin/authentication-settings`: the list.
import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { AddRegular, ShieldKeyholeRegular } from "@fluentui/react-icons";
import { authenticationSettings } from "../../api/admin";
import { useList } from "../../api/useResource";
import { EmptyState } from "../../shell/EmptyState";
import { PageBody } from "../../shell/PageBody";
import { LinkButton, RouterLink } from "../../shell/RouterLink";
import { RelativeTime } from "../../shell/times";
import { DeleteButton } from "../DeleteButton";
import { ResourceTable } from "../ResourceTable";
import { UsedBy } from "../UsedBy";

const path = "/admin/authentication-settings";

const useStyles = makeStyles({
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export default function SettingsPage() {
  const styles = useStyles();
  const list = useList(authenticationSettings);
  const add = (
    <LinkButton to={`${path}/new`} appearance="primary" icon={<AddRegular />}>
      New authentication setting
    </LinkButton>
  );
  return (
    <PageBody
      title="Authentication settings"
      lead="How this server proves who a website's signed-in visitors are: where the website publishes its keys, and which function of the page gives a token."
      actions={add}
    >
      <ResourceTable
        label="Authentication settings"
        list={list}
        columns={[
          { name: "Name", cell: ({ id, name }) => <RouterLink to={`${path}/${id}`}>{name}</RouterLink> },
          { name: "Owner", wideOnly: true, cell: ({ owner }) => <bdi>{owner}</bdi> },
          {
            name: "Public key URL",
            wideOnly: true,
            cell: ({ publicKeyUrl }) => (
              <Text className={styles.code} dir="ltr">
                {publicKeyUrl}
              </Text>
            ),
          },
          { name: "Used by", cell: ({ usedBy }) => <UsedBy users={usedBy} at="/admin/chat-widgets" /> },
          { name: "Changed", wideOnly: true, cell: ({ updatedAt }) => <RelativeTime time={updatedAt} className={styles.quiet} /> },
          {
            name: "Actions",
            isActions: true,
            cell: (item) => (
              <DeleteButton
                compact
                resource={authenticationSettings}
                item={item}
                noun="authentication setting"
                consequence="Tokens can no longer be proved with it."
                usedBy={item.usedBy}
                usersAt="/admin/chat-widgets"
                userNoun="chat widget"
                backTo={path}
              />
            ),
          },
        ]}
        empty={
          <EmptyState icon={<ShieldKeyholeRegular />} title="No website is connected yet" action={add}>
            Record a website's sign-in, pick it on a chat widget, and agents see “Authenticated: Yes” for its signed-in
            visitors. The{" "}
            <RouterLink to="/docs/issuer" inline>
              issuer recipe
            </RouterLink>{" "}
            shows what the website needs.
          </EmptyState>
        }
      />
    </PageBody>
  );
}
