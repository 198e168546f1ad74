// `/admin/chat-widgets/new` and `…/{id}`: a chat widget, and the snippet that embeds it.
import { chatWidgets } from "../../api/admin";
import { EditPage } from "../EditPage";
import { SnippetPanel } from "./SnippetPanel";
import { WidgetForm } from "./WidgetForm";

export default function WidgetPage() {
  return (
    <EditPage
      resource={chatWidgets}
      above={{ to: "/admin/chat-widgets", name: "Chat widgets" }}
      newTitle="New chat widget"
      lead="Once it is saved, its script tag is shown here to copy."
      narrow={false}
    >
      {(widget) => (
        <>
          {widget && <SnippetPanel widget={widget} />}
          <WidgetForm widget={widget} />
        </>
      )}
    </EditPage>
  );
}
