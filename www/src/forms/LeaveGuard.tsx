// Asks before unsaved changes are lost: on a change of page, and on closing the tab.
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
import { useEffect } from "react";
import { useBlocker } from "react-router";

const useStyles = makeStyles({ line: { whiteSpace: "nowrap" } });

/** A navigation with this state has just saved: nothing is lost by it. */
export const afterSave = { state: { saved: true } } as const;

export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const styles = useStyles();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    const saved = (nextLocation.state as { saved?: boolean } | null)?.saved === true;
    return isDirty && !saved && currentLocation.pathname !== nextLocation.pathname;
  });

  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isDirty]);

  const stay = () => blocker.reset?.();
  return (
    <Dialog open={blocker.state === "blocked"} modalType="alert" onOpenChange={(_, { open }) => open || stay()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Leave without saving?</DialogTitle>
          <DialogContent>Your changes on this page are not saved yet.</DialogContent>
          <DialogActions>
            <Button appearance="primary" className={styles.line} onClick={stay}>
              Keep editing
            </Button>
            <Button className={styles.line} onClick={() => blocker.proceed?.()}>
              Discard changes
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
