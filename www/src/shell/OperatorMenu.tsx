// Who is signed in, and the way out.
import {
  Button,
  makeStyles,
  Menu,
  MenuDivider,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Text,
  tokens,
} from "@fluentui/react-components";
import { PasswordRegular, SignOutRegular, TextQuoteRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { OperatorSession } from "../api/types";
import { readMine } from "../agent/agentApi";
import { useSignOut } from "../session/session";
import { SignOutDialog } from "../session/SignOutDialog";
import { ProblemBar } from "./ProblemBar";

const useStyles = makeStyles({
  button: { minWidth: 0, padding: "2px", borderRadius: tokens.borderRadiusCircular },
  // The initials are drawn: as text they would be a second, different name of the button.
  initials: {
    display: "grid",
    placeItems: "center",
    width: "32px",
    height: "32px",
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    "::before": { content: "attr(data-initials)" },
  },
  who: { display: "grid", gap: "2px", padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}` },
  quiet: { color: tokens.colorNeutralForeground3 },
});

const roleNames = { administrator: "Administrator", supervisor: "Supervisor", agent: "Agent" } as const;

export function OperatorMenu({ operator }: { operator: OperatorSession }) {
  const styles = useStyles();
  const signOut = useSignOut();
  const navigate = useNavigate();
  const [error, setError] = useState<unknown>(null);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState<number | null>(null);
  const leave = async () => {
    // Whoever cannot be asked for their conversations can sign out all the same.
    const mine = await readMine().catch(() => []);
    if (mine.length === 0) return signOut();
    setOpen(false);
    setActive(mine.length);
  };
  return (
    <>
      <Menu open={isOpen} onOpenChange={(_, { open }) => setOpen(open)}>
        <MenuTrigger disableButtonEnhancement>
          <Button appearance="transparent" className={styles.button} aria-label={`Signed in as ${operator.name}`}>
            <span className={styles.initials} data-initials={initialsOf(operator.name)} aria-hidden />
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <div className={styles.who}>
            <Text weight="semibold">
              <bdi>{operator.name}</bdi>
            </Text>
            <Text size={200} className={styles.quiet}>
              <bdi>{operator.email}</bdi>
            </Text>
            <Text size={200} className={styles.quiet}>
              {roleNames[operator.role]}
            </Text>
          </div>
          <MenuDivider />
          {error !== null && <ProblemBar error={error} title="You are still signed in" />}
          <MenuList>
            <MenuItem icon={<TextQuoteRegular />} onClick={() => void navigate("/agent/canned-replies")}>
              My canned replies
            </MenuItem>
            <MenuItem icon={<PasswordRegular />} onClick={() => void navigate("/agent/password")}>
              Change password
            </MenuItem>
            <MenuItem icon={<SignOutRegular />} persistOnClick onClick={() => void leave().catch(setError)}>
              Sign out
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {active !== null && <SignOutDialog active={active} onClose={() => setActive(null)} />}
    </>
  );
}

/** First letters of the first and the last word. Letters are what a reader takes for one, not code units. */
function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => [...(word ?? "")][0]?.toLocaleUpperCase() ?? "").join("");
}
