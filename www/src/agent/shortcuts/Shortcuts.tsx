// The list of keyboard shortcuts, and the button and the key that open it.
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
  Switch,
  tokens,
  Tooltip,
} from "@fluentui/react-components";
import { KeyboardRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { composerId } from "../chat/Composer";
import { turnShortcuts, useShortcut, useShortcutsOn } from "./useShortcut";

const useStyles = makeStyles({
  surface: { maxWidth: "440px" },
  list: { display: "grid", gridTemplateColumns: "auto 1fr", alignItems: "center", gap: tokens.spacingHorizontalM, marginBlockStart: 0 },
  what: { margin: 0 },
  key: {
    padding: `2px ${tokens.spacingHorizontalS}`,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: tokens.fontFamilyMonospace,
    whiteSpace: "nowrap",
  },
});

const shortcuts: [key: string, what: string][] = [
  ["A", "Accept the next conversation that waits"],
  ["S", "Search all conversations"],
  ["O", "Open the conversation that a colleague offers"],
  ["H", "Hand the conversation over that is open"],
  ["R", "Write in the conversation that is open"],
  ["?", "Show this list"],
  ["Enter", "Send what is written"],
  ["Shift + Enter", "Begin a new line"],
];

export function Shortcuts() {
  const styles = useStyles();
  const [isOpen, setOpen] = useState(false);
  const isOn = useShortcutsOn();
  useShortcut("?", () => setOpen(true));
  useShortcut("r", () => document.getElementById(composerId)?.focus());
  return (
    <Dialog open={isOpen} onOpenChange={(_, { open }) => setOpen(open)}>
      <DialogTrigger disableButtonEnhancement>
        <Tooltip content="Keyboard shortcuts" relationship="label">
          <Button appearance="subtle" icon={<KeyboardRegular />} />
        </Tooltip>
      </DialogTrigger>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>Keyboard shortcuts</DialogTitle>
          <DialogContent>
            <dl className={styles.list}>
              {shortcuts.map(([key, what]) => (
                <Shortcut key={key} name={key} what={what} />
              ))}
            </dl>
            <Switch
              checked={isOn}
              label="Letters work as shortcuts outside of text fields"
              onChange={(_, { checked }) => turnShortcuts(checked)}
            />
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

function Shortcut({ name, what }: { name: string; what: string }) {
  const styles = useStyles();
  return (
    <>
      <dt>
        <kbd className={styles.key}>{name}</kbd>
      </dt>
      <dd className={styles.what}>{what}</dd>
    </>
  );
}
