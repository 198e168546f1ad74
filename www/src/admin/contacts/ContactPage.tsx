// `/admin/contacts/new` and `…/{id}`.
import { Switch } from "@fluentui/react-components";
import { useNavigate } from "react-router";
import { contacts } from "../../api/admin";
import type { Contact, ContactBody } from "../../api/types";
import { bound, FieldFrame, TextField } from "../../forms/fields";
import { afterSave } from "../../forms/LeaveGuard";
import type { Words } from "../../forms/MergeDialog";
import { ResourceForm } from "../../forms/ResourceForm";
import { useForm } from "../../forms/useForm";
import { useRecord } from "../../forms/useRecord";
import { Panel } from "../../shell/Panel";
import { useSaved } from "../../shell/useSaved";
import { DeleteButton } from "../DeleteButton";
import { EditPage } from "../EditPage";

const path = "/admin/contacts";

export default function ContactPage() {
  return (
    <EditPage resource={contacts} above={{ to: path, name: "Contacts" }} newTitle="New contact">
      {(contact) => <ContactForm contact={contact} />}
    </EditPage>
  );
}

const valuesOf = (contact: Contact | null) => ({
  id: contact?.id ?? "",
  name: contact?.name ?? "",
  email: contact?.email ?? "",
  phone: contact?.phone ?? "",
  active: contact?.active ?? true,
});

const words: Words<ReturnType<typeof valuesOf>> = {
  id: "Id",
  name: "Name",
  email: "E-mail",
  phone: "Telephone",
  active: ["State", (active) => (active ? "Active" : "Inactive")],
};

function ContactForm({ contact }: { contact: Contact | null }) {
  const navigate = useNavigate();
  const saved = useSaved();
  const record = useRecord({ resource: contacts, item: contact, valuesOf });
  const form = useForm({
    ...record.options,
    initial: valuesOf(contact),
    required: ({ name }) => (name.trim() === "" ? { name: "Give the contact a name." } : {}),
    save: async (values, version) => {
      const body: ContactBody = { name: values.name.trim(), active: values.active };
      if (values.email.trim() !== "") body.email = values.email.trim();
      if (values.phone.trim() !== "") body.phone = values.phone.trim();
      if (contact) return record.change(body, version);
      if (values.id.trim() !== "") body.id = values.id.trim();
      await record.create(body);
      saved("Added");
      void navigate(path, { replace: true, ...afterSave });
    },
  });

  return (
    <ResourceForm
      form={form}
      backTo={path}
      failureTitle="The contact is not saved"
      words={words}
      end={
        contact && (
          <DeleteButton
            resource={contacts}
            item={contact}
            noun="contact"
            consequence="Later chats of this customer are not linked to a record."
            backTo={path}
          />
        )
      }
    >
      <Panel>
        <TextField {...bound(form, "name")} label="Name" required maxLength={200} autoFocus={contact === null} />
        <TextField
          {...bound(form, "id")}
          label="Id"
          hint={
            contact
              ? "What a token's sub must be. It cannot be changed."
              : "The GUID the customer has in your other systems, which tokens name as sub. Made by the server when left empty."
          }
          placeholder="87b4d06c-abc2-e811-a9b0-000d3a10e09e"
          readOnly={contact !== null}
          code
        />
        <TextField {...bound(form, "email")} label="E-mail" type="email" />
        <TextField {...bound(form, "phone")} label="Telephone" type="tel" maxLength={50} />
        <FieldFrame
          name="active"
          label="State"
          error={form.errorAt("active")}
          hint="Only active contacts are linked to chats."
        >
          <Switch
            checked={form.values.active}
            label={form.values.active ? "Active" : "Inactive"}
            onChange={(_, { checked }) => form.set("active", checked)}
          />
        </FieldFrame>
      </Panel>
    </ResourceForm>
  );
}
