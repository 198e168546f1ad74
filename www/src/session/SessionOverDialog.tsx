// The session ended while somebody works: they sign in again in front of the page, and lose nothing on it.
import { Dialog, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useLayoutEffect } from "react";
import type { OperatorSession } from "../api/types";
import { SignInForm } from "./SignInForm";
import { sessionStarted } from "./session";
import "./sessionOver.css";
import { forgetUnfinished } from "./unfinished";

const useStyles = makeStyles({
  surface: { maxWidth: "440px" },
  text: { marginBottom: tokens.spacingVerticalL },
});

export function SessionOverDialog({ operator }: { operator: OperatorSession }) {
  const styles = useStyles();
  const cache = useQueryClient();

  // Other dialogs and what is for paper only stand beside the page, so hiding the page leaves them.
  useLayoutEffect(() => {
    document.body.classList.add("bonafide-session-over");
    return () => document.body.classList.remove("bonafide-session-over");
  }, []);

  return (
    <Dialog open modalType="alert">
      <DialogSurface className={styles.surface} mountNode={{ className: "bonafide-sign-in-again" }}>
        <DialogBody>
          <DialogTitle>Sign in again</DialogTitle>
          <DialogContent>
            <Text block className={styles.text}>
              Your session is over. What you had on this page comes back when you sign in again.
            </Text>
            <SignInForm
              email={operator.email}
              onSignedIn={(next) => {
                if (next.id === operator.id) return sessionStarted(cache, next);
                // Another person must not find this one's page, which stays hidden until it is gone, nor its drafts.
                forgetUnfinished(next.id);
                window.location.assign("/");
              }}
            />
          </DialogContent>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
