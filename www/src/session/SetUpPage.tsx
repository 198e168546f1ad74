// `/setup#secret`: the first administrator of a fresh server.
import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, Spinner, tokens } from "@fluentui/react-components";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { client, dataOf, done } from "../api/client";
import { bound, TextField } from "../forms/fields";
import { FormFrame } from "../forms/FormFrame";
import { useForm } from "../forms/useForm";
import { PageLoading } from "../shell/PageLoading";
import { ProblemBar } from "../shell/ProblemBar";
import { LinkButton } from "../shell/RouterLink";
import { DoorPage } from "./DoorPage";
import { sessionStarted, signIn } from "./session";
import { setUpSecret } from "./setUpSecret";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
});

export default function SetUpPage() {
  const { data, error, isPending } = useQuery({
    queryKey: ["set-up"],
    queryFn: () => dataOf(client.GET("/api/v1/operator/setup")),
  });
  if (isPending) return <PageLoading />;
  return (
    <DoorPage title="Set up Bonafide" lead="Make the first administrator of this server. Everyone else is added by them.">
      {error && <ProblemBar error={error} />}
      {data && !data.needed && (
        <>
          <MessageBar intent="success" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>Already set up</MessageBarTitle>
              This server has an administrator. The set-up link works once only.
            </MessageBarBody>
          </MessageBar>
          <LinkButton to="/sign-in" appearance="primary" size="large">
            Sign in
          </LinkButton>
        </>
      )}
      {data?.needed && setUpSecret === null && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>Open the whole link</MessageBarTitle>
            The secret after the # is missing. Copy the set-up link from the server's output and open it again; a reload
            of this page drops the secret too.
          </MessageBarBody>
        </MessageBar>
      )}
      {data?.needed && setUpSecret !== null && <SetUpForm secret={setUpSecret} />}
    </DoorPage>
  );
}

function SetUpForm({ secret }: { secret: string }) {
  const styles = useStyles();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    initial: { name: "", email: "", password: "" },
    required: ({ name, email, password }) => ({
      ...(name.trim() === "" && { name: "Enter your name." }),
      ...(email.trim() === "" && { email: "Enter your e-mail address." }),
      ...(password.length < 12 && { password: "Choose a password of at least 12 characters." }),
    }),
    save: async ({ name, email, password }) => {
      const address = email.trim();
      await done(client.POST("/api/v1/operator/setup", { body: { secret, name: name.trim(), email: address, password } }));
      sessionStarted(cache, await signIn(address, password));
      void navigate("/admin", { replace: true });
    },
  });

  return (
    <FormFrame form={form} className={styles.form}>
      {form.problem && <ProblemBar error={form.problem} stray={form.stray} title="Not set up" />}
      <TextField {...bound(form, "name")} label="Your name" hint="Visitors see it when you answer a chat." autoComplete="name" required autoFocus maxLength={100} />
      <TextField {...bound(form, "email")} label="E-mail" type="email" autoComplete="username" required />
      <TextField
        {...bound(form, "password")}
        label="Password"
        hint="12 to 128 characters."
        type="password"
        autoComplete="new-password"
        required
        maxLength={128}
      />
      <Button
        type="submit"
        appearance="primary"
        size="large"
        disabledFocusable={form.isSaving}
        {...(form.isSaving ? { icon: <Spinner size="tiny" /> } : {})}
      >
        {form.isSaving ? "Setting up…" : "Create administrator"}
      </Button>
    </FormFrame>
  );
}
