// *Test*: has the server fetch the keys now and say what it found; a pasted token is judged step by step.
// The token goes to the server and back out of memory; it is not kept.
import { Button, makeStyles, Spinner, Text, tokens } from "@fluentui/react-components";
import { BeakerRegular } from "@fluentui/react-icons";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { testSetting } from "../../api/admin";
import type { AuthenticationSetting } from "../../api/types";
import { TextField } from "../../forms/fields";
import { Panel } from "../../shell/Panel";
import { ProblemBar } from "../../shell/ProblemBar";
import { KeysFound } from "./KeysFound";
import { TokenVerdict } from "./TokenVerdict";

const useStyles = makeStyles({
  place: { marginTop: tokens.spacingVerticalXL },
  run: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  quiet: { color: tokens.colorNeutralForeground2 },
  results: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXL },
});

export function TestPanel({ setting, startAtOnce }: { setting: AuthenticationSetting; startAtOnce: boolean }) {
  const styles = useStyles();
  const [token, setToken] = useState("");
  const test = useMutation({
    mutationFn: (pasted: string) => testSetting(setting.id, pasted === "" ? undefined : pasted),
  });

  // A setting that was just recorded is tested without being asked, once.
  const { mutate } = test;
  const started = useRef(false);
  useEffect(() => {
    if (!startAtOnce || started.current) return;
    started.current = true;
    mutate("");
  }, [startAtOnce, mutate]);

  return (
    <div className={styles.place}>
      <Panel
        title="Test"
        lead="Fetches the keys from the public key URL now, past the cache, and says what it found. Judges the setting as it is saved."
      >
        <TextField
          name="token"
          label="A token to judge (optional)"
          hint="Paste what the client function gives. It is judged once and not stored."
          placeholder="eyJhbGciOiJSUzI1NiIs…"
          rows={3}
          value={token}
          onChange={setToken}
          code
        />
        <div className={styles.run}>
          <Button
            appearance="primary"
            icon={test.isPending ? <Spinner size="tiny" /> : <BeakerRegular />}
            disabledFocusable={test.isPending}
            onClick={() => test.isPending || test.mutate(token.trim())}
          >
            {test.isPending ? "Testing…" : token.trim() === "" ? "Test the keys" : "Test keys and token"}
          </Button>
          {test.isPending && <Text className={styles.quiet}>The website has 5 seconds to answer.</Text>}
        </div>
        <div className={styles.results} aria-live="polite">
          {test.error && <ProblemBar error={test.error} title="The test could not run" />}
          {test.data && <KeysFound report={test.data.keys} />}
          {test.data?.token && <TokenVerdict report={test.data.token} />}
        </div>
      </Panel>
    </div>
  );
}
