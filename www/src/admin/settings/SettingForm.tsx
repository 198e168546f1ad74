// The form of an authentication setting. The two values that matter first; what narrows them further under *Advanced*.
import { Accordion, AccordionHeader, AccordionItem, AccordionPanel, makeStyles, Switch, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useNavigate } from "react-router";
import { authenticationSettings } from "../../api/admin";
import type { AuthenticationSetting, AuthenticationSettingBody } from "../../api/types";
import { bound, FieldFrame, TextField } from "../../forms/fields";
import { afterSave } from "../../forms/LeaveGuard";
import type { Words } from "../../forms/MergeDialog";
import { ResourceForm } from "../../forms/ResourceForm";
import { useForm } from "../../forms/useForm";
import { useRecord } from "../../forms/useRecord";
import { useOperator } from "../../session/session";
import { Panel } from "../../shell/Panel";
import { useSaved } from "../../shell/useSaved";
import { DeleteButton } from "../DeleteButton";

const path = "/admin/authentication-settings";

const useStyles = makeStyles({
  accordion: { marginInline: `calc(-1 * ${tokens.spacingHorizontalM})` },
  advanced: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
});

export function SettingForm({ setting }: { setting: AuthenticationSetting | null }) {
  const styles = useStyles();
  const operator = useOperator();
  const navigate = useNavigate();
  const saved = useSaved();
  const record = useRecord({ resource: authenticationSettings, item: setting, valuesOf });
  const form = useForm({
    ...record.options,
    initial: setting ? valuesOf(setting) : { ...nothing, owner: operator.name },
    required: (values) => ({
      ...(values.name.trim() === "" && { name: "Give the setting a name." }),
      ...(values.publicKeyUrl.trim() === "" && { publicKeyUrl: "Enter the address where the website publishes its keys." }),
      ...(values.clientFunction.trim() === "" && { clientFunction: "Enter the name of the page's function." }),
      ...(!/^\s*\d{1,5}\s*$/.test(values.leewaySeconds) && { leewaySeconds: "Enter whole seconds, 0 to 300." }),
    }),
    save: async (values, version) => {
      const body = bodyOf(values);
      if (setting) return record.change(body, version);
      const created = await record.create(body);
      saved("Recorded");
      void navigate(`${path}/${created.id}`, { replace: true, state: { ...afterSave.state, test: true } });
    },
  });
  const isNarrowed =
    setting !== null &&
    (setting.expectedIssuer != null || setting.expectedAudience != null || setting.leewaySeconds !== 60 || setting.singleUse);
  const [open, setOpen] = useState<string[]>(isNarrowed ? ["advanced"] : []);
  const advanced = ["expectedIssuer", "expectedAudience", "leewaySeconds", "singleUse"] as const;
  /** Something there was said to be wrong, or was changed by somebody else. */
  const mustShow = advanced.some((name) => form.errorAt(name) !== undefined || form.taken.includes(name));

  return (
    <ResourceForm
      form={form}
      backTo={path}
      failureTitle="The setting is not saved"
      words={words}
      end={
        setting && (
          <DeleteButton
            resource={authenticationSettings}
            item={setting}
            noun="authentication setting"
            consequence="Tokens can no longer be proved with it."
            usedBy={setting.usedBy}
            usersAt="/admin/chat-widgets"
            userNoun="chat widget"
            backTo={path}
          />
        )
      }
    >
      <Panel>
        <TextField {...bound(form, "name")} label="Name" required maxLength={100} autoFocus={setting === null} />
        <TextField {...bound(form, "owner")} label="Owner" hint="Who answers for this setting." maxLength={100} />
        <TextField
          name="type"
          label="Authentication type"
          value="OAuth 2.0 implicit flow"
          onChange={() => {}}
          readOnly
          hint="The page hands over a signed token. This is the only type."
        />
        <TextField
          {...bound(form, "publicKeyUrl")}
          label="Public key URL"
          hint="Where the website publishes its RSA public keys: PEM, an array with key ids, or a JWKS. It has to be an https address, unless the server was started for development."
          placeholder="https://www.example.com/auth/publickey"
          inputMode="url"
          code
          required
        />
        <TextField
          {...bound(form, "clientFunction")}
          label="JavaScript client function"
          hint="The page's function that takes a callback and calls it with a token."
          placeholder="auth.getAuthenticationToken"
          maxLength={100}
          code
          required
        />
        <Accordion
          className={styles.accordion}
          collapsible
          openItems={mustShow ? ["advanced"] : open}
          onToggle={(_, { openItems }) => setOpen(openItems as string[])}
        >
          <AccordionItem value="advanced">
            <AccordionHeader as="h2">Advanced</AccordionHeader>
            <AccordionPanel>
              <div className={styles.advanced}>
                <TextField
                  {...bound(form, "expectedIssuer")}
                  label="Expected issuer"
                  hint="When given, the token's iss must be exactly this."
                  code
                />
                <TextField
                  {...bound(form, "expectedAudience")}
                  label="Expected audience"
                  hint="When given, the token's aud must be or contain exactly this. Keeps tokens made for another service out."
                  code
                />
                <TextField
                  {...bound(form, "leewaySeconds")}
                  label="Leeway in seconds"
                  hint="How far the website's clock may differ from ours, 0 to 300."
                  inputMode="numeric"
                  short
                  required
                />
                <FieldFrame
                  name="singleUse"
                  label="Single use"
                  error={form.errorAt("singleUse")}
                  hint="Each token, told apart by its jti, starts one chat only. The website must set jti."
                >
                  <Switch
                    checked={form.values.singleUse}
                    label={form.values.singleUse ? "Accept each token once" : "Off"}
                    onChange={(_, { checked }) => form.set("singleUse", checked)}
                  />
                </FieldFrame>
              </div>
            </AccordionPanel>
          </AccordionItem>
        </Accordion>
      </Panel>
    </ResourceForm>
  );
}

type Values = Record<"name" | "owner" | "publicKeyUrl" | "clientFunction" | "expectedIssuer" | "expectedAudience" | "leewaySeconds", string> & {
  singleUse: boolean;
};

const nothing: Values = {
  name: "",
  owner: "",
  publicKeyUrl: "",
  clientFunction: "",
  expectedIssuer: "",
  expectedAudience: "",
  leewaySeconds: "60",
  singleUse: false,
};

const words: Words<Values> = {
  name: "Name",
  owner: "Owner",
  publicKeyUrl: "Public key URL",
  clientFunction: "JavaScript client function",
  expectedIssuer: "Expected issuer",
  expectedAudience: "Expected audience",
  leewaySeconds: "Leeway in seconds",
  singleUse: "Single use",
};

/** What is sent: blank optional fields are left out. */
function bodyOf(values: Values): AuthenticationSettingBody {
  const optional = (key: "owner" | "expectedIssuer" | "expectedAudience") => {
    const text = values[key].trim();
    return text === "" ? {} : { [key]: text };
  };
  return {
    name: values.name.trim(),
    publicKeyUrl: values.publicKeyUrl.trim(),
    clientFunction: values.clientFunction.trim(),
    leewaySeconds: Number(values.leewaySeconds),
    singleUse: values.singleUse,
    ...optional("owner"),
    ...optional("expectedIssuer"),
    ...optional("expectedAudience"),
  };
}

/** What the server stored, as the form holds it. */
function valuesOf(setting: AuthenticationSetting): Values {
  return {
    name: setting.name,
    owner: setting.owner,
    publicKeyUrl: setting.publicKeyUrl,
    clientFunction: setting.clientFunction,
    expectedIssuer: setting.expectedIssuer ?? "",
    expectedAudience: setting.expectedAudience ?? "",
    leewaySeconds: String(setting.leewaySeconds),
    singleUse: setting.singleUse,
  };
}
