// E-mail and password. Used by the sign-in page, and by the dialog when a session ends while somebody works.
import { Button, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import type { OperatorSession } from "../api/types";
import { bound, TextField } from "../forms/fields";
import { FormFrame } from "../forms/FormFrame";
import { useForm } from "../forms/useForm";
import { ProblemBar } from "../shell/ProblemBar";
import { sessionStarted, signIn } from "./session";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
});

export interface SignInFormProps {
  /** Whose address is filled in. */
  email?: string;
  /** What follows. When absent: the console goes on with the new session. */
  onSignedIn?: (operator: OperatorSession) => void;
}

export function SignInForm({ email = "", onSignedIn }: SignInFormProps) {
  const styles = useStyles();
  const cache = useQueryClient();
  const form = useForm({
    initial: { email, password: "" },
    required: ({ email, password }) => ({
      ...(email.trim() === "" && { email: "Enter your e-mail address." }),
      ...(password === "" && { password: "Enter your password." }),
    }),
    save: async ({ email, password }) => {
      const operator = await signIn(email.trim(), password);
      if (onSignedIn) onSignedIn(operator);
      else sessionStarted(cache, operator);
    },
  });

  return (
    <FormFrame form={form} className={styles.form}>
      {form.problem && <ProblemBar error={form.problem} stray={form.stray} title="Not signed in" plain={form.problem.code === "sign-in-required"} />}
      <TextField
        {...bound(form, "email")}
        label="E-mail"
        type="email"
        autoComplete="username"
        required
        autoFocus={email === ""}
      />
      <TextField
        {...bound(form, "password")}
        label="Password"
        type="password"
        autoComplete="current-password"
        required
        autoFocus={email !== ""}
      />
      <Button
        type="submit"
        appearance="primary"
        size="large"
        disabledFocusable={form.isSaving}
        {...(form.isSaving ? { icon: <Spinner size="tiny" /> } : {})}
      >
        {form.isSaving ? "Signing in…" : "Sign in"}
      </Button>
    </FormFrame>
  );
}
