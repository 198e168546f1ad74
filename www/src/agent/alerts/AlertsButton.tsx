// What the person is alerted to, and how: a dialog behind a bell, in which each way can be tried.
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Switch,
  Text,
  tokens,
  Tooltip,
} from "@fluentui/react-components";
import { AlertOffRegular, AlertOnRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useOperator } from "../../session/session";
import { permission, raise } from "./raise";
import { changeAlerts, useAlertSettings } from "./settings";

const useStyles = makeStyles({
  surface: { maxWidth: "480px" },
  content: { display: "grid", gap: tokens.spacingVerticalS },
  sub: { paddingInlineStart: tokens.spacingHorizontalXXL },
  queues: { display: "grid", margin: 0, padding: 0, border: 0, minWidth: 0 },
  legend: { padding: 0, fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export function AlertsButton() {
  const styles = useStyles();
  const { id: operator } = useOperator();
  const settings = useAlertSettings(operator);
  const isOn = settings.hasSound || settings.hasDesktop;
  return (
    <Dialog>
      <DialogTrigger disableButtonEnhancement>
        <Tooltip content={isOn ? "Alerts are on" : "Alerts are off"} relationship="label">
          <Button appearance="subtle" icon={isOn ? <AlertOnRegular /> : <AlertOffRegular />} />
        </Tooltip>
      </DialogTrigger>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>Alerts</DialogTitle>
          <DialogContent className={styles.content}>
            <Choices operator={operator} />
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="primary">Close</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function Choices({ operator }: { operator: string }) {
  const styles = useStyles();
  const settings = useAlertSettings(operator);
  const [allowed, setAllowed] = useState(permission);
  const { hasSound, hasDesktop, showsText, queues } = settings;

  // The browser asks the person, and only because of their click.
  const wantDesktop = async (wanted: boolean) => {
    const answer = wanted && permission() === "default" ? await Notification.requestPermission() : permission();
    setAllowed(answer);
    changeAlerts(operator, { hasDesktop: wanted && answer === "granted" });
  };
  const tryIt = () => {
    setAllowed(permission());
    raise([{ title: "New chat: Alex Example", body: "This is how an alert looks.", tag: "bonafide:try" }], settings, () => {});
  };
  return (
    <>
      <Text className={styles.quiet}>
        When a chat begins to wait in a queue of yours or is given to you, when a colleague offers you one, and when a visitor
        writes in a chat of yours that you do not look at. Nothing while you are away. Kept in this browser.
      </Text>
      <Switch checked={hasSound} label="Sound" onChange={(_, { checked }) => changeAlerts(operator, { hasSound: checked })} />
      <Switch
        checked={hasDesktop && allowed === "granted"}
        disabled={allowed === "unsupported"}
        label="Notifications of the desktop"
        onChange={(_, { checked }) => void wantDesktop(checked)}
      />
      {allowed === "denied" && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>The browser blocks notifications of this page</MessageBarTitle>
            Open what stands left of the address (a lock or a slider), set Notifications to Allow, and load this page again.
          </MessageBarBody>
        </MessageBar>
      )}
      {allowed === "unsupported" && (
        <Text className={styles.quiet}>
          {window.isSecureContext
            ? "This browser has no notifications for pages. The sound works."
            : "Notifications need this page by https. The sound works without."}
        </Text>
      )}
      <Switch
        className={styles.sub}
        checked={showsText}
        disabled={!hasDesktop}
        label="Show what was written, also to others who see the screen"
        onChange={(_, { checked }) => changeAlerts(operator, { showsText: checked })}
      />
      <fieldset className={styles.queues}>
        <legend className={styles.legend}>Queues</legend>
        {Object.entries(queues).map(([id, { name, isOn }]) => (
          <Switch
            key={id}
            checked={isOn}
            label={<bdi>{name}</bdi>}
            onChange={(_, { checked }) => changeAlerts(operator, { queues: { ...queues, [id]: { name, isOn: checked } } })}
          />
        ))}
        {Object.keys(queues).length === 0 && <Text className={styles.quiet}>A queue appears here with its first chat.</Text>}
      </fieldset>
      <div>
        <Button disabledFocusable={!hasSound && !hasDesktop} onClick={() => (hasSound || hasDesktop) && tryIt()}>
          Try it
        </Button>
      </div>
    </>
  );
}
