// The session ended while somebody works: they sign in again in front of the page, and lose nothing on it.
import { Dialog, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, Text, tokens } from "@fluentui/react-components";
import type { OperatorSession } from "../api/types";
import { SignInForm } from "./SignInForm";

const useStyles = makeStyles({
  surface: { maxWidth: "440px" },
  text: { marginBottom: tokens.spacingVerticalL },
});

export function SessionOverDialog({ operator }: { operator: OperatorSession }) {
  const styles = useStyles();
  return (
    <Dialog open modalType="alert">
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>Sign in again</DialogTitle>
          <DialogContent>
            <Text block className={styles.text}>
              Your session is over. What you had on this page comes back when you sign in again.
            </Text>
            <SignInForm
              email={operator.email}
              onSignedIn={(next) => {
                // Another person must not find this one's page.
                if (next.id !== operator.id) window.location.assign("/");
              }}
            />
          </DialogContent>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
