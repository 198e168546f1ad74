// `/admin/chat-widgets`: the list.
import { Badge } from "@fluentui/react-components";
import { AddRegular, ChatSettingsRegular, ShieldCheckmarkRegular } from "@fluentui/react-icons";
import { chatWidgets } from "../../api/admin";
import type { ChatWidget } from "../../api/types";
import { useList } from "../../api/useResource";
import { EmptyState } from "../../shell/EmptyState";
import { PageBody } from "../../shell/PageBody";
import { LinkButton, RouterLink } from "../../shell/RouterLink";
import { DeleteButton } from "../DeleteButton";
import { ResourceTable } from "../ResourceTable";

const path = "/admin/chat-widgets";

export default function WidgetsPage() {
  const list = useList(chatWidgets);
  const add = (
    <LinkButton to={`${path}/new`} appearance="primary" icon={<AddRegular />}>
      New chat widget
    </LinkButton>
  );
  return (
    <PageBody
      title="Chat widgets"
      lead="Each is one chat that websites embed with a script tag. A widget without an authentication setting gives unauthenticated chats only."
      actions={add}
    >
      <ResourceTable
        label="Chat widgets"
        list={list}
        columns={[
          { name: "Name", cell: ({ id, name }) => <RouterLink to={`${path}/${id}`}>{name}</RouterLink> },
          { name: "Sign-in", cell: (widget) => <SignInOf widget={widget} /> },
          {
            name: "Work stream",
            wideOnly: true,
            cell: ({ workStream }) => (
              <RouterLink to={`/admin/work-streams/${workStream.id}`}>{workStream.name}</RouterLink>
            ),
          },
          { name: "Allowed origins", wideOnly: true, cell: ({ allowedOrigins }) => originsOf(allowedOrigins) },
          {
            name: "Actions",
            isActions: true,
            cell: (item) => (
              <DeleteButton
                compact
                resource={chatWidgets}
                item={item}
                noun="chat widget"
                consequence="Pages that embed it show no chat any more."
                backTo={path}
              />
            ),
          },
        ]}
        empty={
          <EmptyState icon={<ChatSettingsRegular />} title="No chat widget yet" action={add}>
            Make one, then copy its script tag into your website.
          </EmptyState>
        }
      />
    </PageBody>
  );
}

function SignInOf({ widget }: { widget: ChatWidget }) {
  if (!widget.authenticationSetting) {
    return (
      <Badge appearance="outline" color="informative">
        never
      </Badge>
    );
  }
  return (
    <Badge appearance="tint" color={widget.signIn === "required" ? "success" : "brand"} icon={<ShieldCheckmarkRegular />}>
      {widget.signIn}
    </Badge>
  );
}

function originsOf(origins: string[]): string {
  if (origins.length === 0) return "none";
  if (origins.includes("*")) return "any page";
  return origins.length === 1 ? (origins[0] ?? "") : `${origins[0]} and ${origins.length - 1} more`;
}
