// The form of a chat widget: where its chats go, who may start one, which pages may show it, how it looks.
import { makeStyles, Radio, RadioGroup, tokens } from "@fluentui/react-components";
import { useNavigate } from "react-router";
import { authenticationSettings, chatWidgets, workStreams } from "../../api/admin";
import type { ChatWidget } from "../../api/types";
import { useAll } from "../../api/useResource";
import { bound, FieldFrame, isWholeSeconds, SelectField, TextField } from "../../forms/fields";
import { afterSave } from "../../forms/LeaveGuard";
import { ResourceForm } from "../../forms/ResourceForm";
import { useForm } from "../../forms/useForm";
import { useRecord } from "../../forms/useRecord";
import { PageLoading } from "../../shell/PageLoading";
import { Panel } from "../../shell/Panel";
import { ProblemBar } from "../../shell/ProblemBar";
import { RouterLink } from "../../shell/RouterLink";
import { useSaved } from "../../shell/useSaved";
import { DeleteButton } from "../DeleteButton";
import { AppearanceFields } from "./AppearanceFields";
import { FilesFields } from "./FilesFields";
import { bodyOf, isMegabytes, valuesOf } from "./widgetValues";
import { wordsOf } from "./widgetWords";

const path = "/admin/chat-widgets";

const useStyles = makeStyles({
  settings: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL, maxWidth: "640px" },
});

export function WidgetForm({ widget }: { widget: ChatWidget | null }) {
  const streams = useAll(workStreams);
  const settings = useAll(authenticationSettings);
  if (streams.isPending || settings.isPending) return <PageLoading />;
  if (!streams.data) return <ProblemBar error={streams.error} />;
  if (!settings.data) return <ProblemBar error={settings.error} />;
  return <LoadedForm widget={widget} streams={streams.data} settings={settings.data} />;
}

interface Named {
  id: string;
  name: string;
}

function LoadedForm({ widget, streams, settings }: { widget: ChatWidget | null; streams: Named[]; settings: Named[] }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const saved = useSaved();
  const record = useRecord({ resource: chatWidgets, item: widget, valuesOf: (now) => valuesOf(now, "") });
  const form = useForm({
    ...record.options,
    // The only work stream needs no choosing.
    initial: valuesOf(widget, streams.length === 1 ? (streams[0]?.id ?? "") : ""),
    required: (values) => ({
      ...(values.name.trim() === "" && { name: "Give the chat widget a name." }),
      ...(values.workStream === "" && { workStream: "Pick the work stream its chats enter." }),
      ...(values.allowedOrigins.trim() === "" && { allowedOrigins: "Enter at least one origin, or * for any page." }),
      ...(!isWholeSeconds(values.releaseSeconds) && { releaseSeconds: "Enter whole seconds, 60 to 86400." }),
      ...(values.files && !isMegabytes(values.files.megabytes) && { "files.maxBytes": "Enter a number of megabytes, at most 25." }),
      ...(values.files?.types.length === 0 && { "files.types": "Pick at least one type." }),
    }),
    save: async (values, version) => {
      const body = bodyOf(values);
      if (widget) return record.change(body, version);
      const created = await record.create(body);
      saved("Created");
      void navigate(`${path}/${created.id}`, { replace: true, ...afterSave });
    },
  });
  const { signIn } = form.values;
  const hasSetting = signIn.setting !== "";

  return (
    <ResourceForm
      form={form}
      backTo={path}
      failureTitle="The chat widget is not saved"
      words={wordsOf(streams, settings)}
      end={
        widget && (
          <DeleteButton
            resource={chatWidgets}
            item={widget}
            noun="chat widget"
            consequence="Pages that embed it show no chat any more."
            backTo={path}
          />
        )
      }
    >
      <Panel title="Basics">
        <div className={styles.settings}>
          <TextField {...bound(form, "name")} label="Name" required maxLength={100} autoFocus={widget === null} />
          <SelectField
            {...bound(form, "workStream")}
            label="Work stream"
            hint="Declares the context variables and decides the queue."
            required
          >
            <option value="" disabled>
              Pick a work stream
            </option>
            {streams.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <TextField
            {...bound(form, "allowedOrigins")}
            label="Allowed origins"
            hint="One per line, exactly as the browser sends it: scheme, host and port, such as https://www.example.com, or an app's, such as capacitor://localhost. A single * allows any page."
            placeholder="https://www.example.com"
            rows={3}
            code
            required
          />
          <TextField
            {...bound(form, "releaseSeconds")}
            label="Place kept in seconds"
            hint="A visitor who waits and has closed the page for so long gives up their place; the chat ends and stands under the unanswered ones. 60 to 86400."
            inputMode="numeric"
            short
            required
          />
        </div>
      </Panel>

      <Panel title="Sign-in">
        <div className={styles.settings}>
          <SelectField
            name="authenticationSetting"
            value={signIn.setting}
            onChange={(setting) => form.set("signIn", { ...signIn, setting }, "authenticationSetting")}
            error={form.errorAt("authenticationSetting")}
            label="Authentication setting"
            hint={
              hasSetting ? (
                "Proves who a signed-in visitor is."
              ) : (
                <>
                  Without one, every chat says “Authenticated: No”, even for a signed-in visitor.{" "}
                  {settings.length === 0 && (
                    <RouterLink to="/admin/authentication-settings/new" inline>
                      Record one
                    </RouterLink>
                  )}
                </>
              )
            }
          >
            <option value="">None</option>
            {settings.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <FieldFrame name="signIn" label="Visitors who are not signed in" error={form.errorAt("signIn")}>
            <RadioGroup
              value={hasSetting ? signIn.unknown : ""}
              disabled={!hasSetting}
              onChange={(_, { value }) => form.set("signIn", { ...signIn, unknown: value === "optional" ? "optional" : "required" })}
            >
              <Radio value="required" label="Must sign in first: no token, no chat" />
              <Radio value="optional" label="May chat anonymously; a refused token still gives no chat" />
            </RadioGroup>
          </FieldFrame>
        </div>
      </Panel>

      <Panel title="Files">
        <FilesFields form={form} />
      </Panel>

      <Panel title="Appearance" lead="What is left empty takes the widget's own default.">
        <AppearanceFields form={form} />
      </Panel>
    </ResourceForm>
  );
}
