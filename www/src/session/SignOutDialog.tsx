// Asks whoever signs out while visitors still chat with them.
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
} from "@fluentui/react-components";
import { useState } from "react";
import { ProblemBar } from "../shell/ProblemBar";
import { useSignOut } from "./session";

const useStyles = makeStyles({ line: { whiteSpace: "nowrap" } });

/** `active` is how many conversations the operator has. */
export function SignOutDialog({ active, onClose }: { active: number; onClose: () => void }) {
  const styles = useStyles();
  const signOut = useSignOut();
  const [error, setError] = useState<unknown>(null);
  return (
    <Dialog open onOpenChange={onClose} modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>
            {active === 1 ? "You still have an active conversation" : `You still have ${active} active conversations`}
          </DialogTitle>
          <DialogContent>
            {error !== null && <ProblemBar error={error} title="You are still signed in" />}
            {active === 1
              ? "When you sign out it goes back in line, in front, unless you have a console open elsewhere."
              : "When you sign out they go back in line, in front, unless you have a console open elsewhere."}
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" className={styles.line} onClick={onClose}>
              Stay
            </Button>
            <Button className={styles.line} onClick={() => void signOut().catch(setError)}>
              Sign out
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
