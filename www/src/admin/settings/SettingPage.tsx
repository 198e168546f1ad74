// `/admin/authentication-settings/new` and `…/{id}`: record a website's sign-in, and test it.
import { useLocation } from "react-router";
import { authenticationSettings } from "../../api/admin";
import { RouterLink } from "../../shell/RouterLink";
import { EditPage } from "../EditPage";
import { SettingForm } from "./SettingForm";
import { TestPanel } from "./TestPanel";

export default function SettingPage() {
  const location = useLocation();
  const isNew = (location.state as { test?: boolean } | null)?.test === true;
  return (
    <EditPage
      resource={authenticationSettings}
      above={{ to: "/admin/authentication-settings", name: "Authentication settings" }}
      newTitle="New authentication setting"
      lead={
        <>
          The website's developers know the two values it needs; the{" "}
          <RouterLink to="/docs/issuer" inline>
            issuer recipe
          </RouterLink>{" "}
          is for them.
        </>
      }
    >
      {(setting) => (
        <>
          <SettingForm setting={setting} />
          {setting && <TestPanel setting={setting} startAtOnce={isNew} />}
        </>
      )}
    </EditPage>
  );
}
