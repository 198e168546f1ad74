// The administrator console: its navigation beside the page.
import {
  ChatSettingsRegular,
  ClipboardTextLtrRegular,
  ContactCardRegular,
  FlowRegular,
  HomeRegular,
  KeyRegular,
  PeopleQueueRegular,
  PersonSettingsRegular,
  ShieldKeyholeRegular,
  TextQuoteRegular,
} from "@fluentui/react-icons";
import { SidePage } from "../shell/SidePage";
import type { NavGroup } from "../shell/SideNav";

const groups: NavGroup[] = [
  { items: [{ to: "/admin", name: "Start", icon: <HomeRegular />, end: true }] },
  {
    heading: "Customer settings",
    items: [
      { to: "/admin/authentication-settings", name: "Authentication settings", icon: <ShieldKeyholeRegular /> },
      { to: "/admin/contacts", name: "Contacts", icon: <ContactCardRegular /> },
    ],
  },
  {
    heading: "Chat",
    items: [
      { to: "/admin/chat-widgets", name: "Chat widgets", icon: <ChatSettingsRegular /> },
      { to: "/admin/work-streams", name: "Work streams", icon: <FlowRegular /> },
      { to: "/admin/queues", name: "Queues", icon: <PeopleQueueRegular /> },
      { to: "/admin/canned-replies", name: "Canned replies", icon: <TextQuoteRegular /> },
    ],
  },
  {
    heading: "This server",
    items: [
      { to: "/admin/operators", name: "Operators", icon: <PersonSettingsRegular /> },
      { to: "/admin/api-tokens", name: "API tokens", icon: <KeyRegular /> },
      { to: "/admin/audit", name: "Audit", icon: <ClipboardTextLtrRegular /> },
    ],
  },
];

export function AdminLayout() {
  return <SidePage label="Administration" groups={groups} />;
}
