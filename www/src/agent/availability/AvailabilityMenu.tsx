// Whether the operator is here or away, in the bar on top of every page, and where they change it.
import {
  Button,
  makeStyles,
  Menu,
  MenuButton,
  MenuDivider,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  mergeClasses,
  PresenceBadge,
  tokens,
} from "@fluentui/react-components";
import { EditRegular, PeopleTeamRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useNavigate } from "react-router";
import { ProblemDialog } from "../../shell/ProblemDialog";
import { ReasonDialog } from "./ReasonDialog";
import { availabilityText, useOwnAvailability, useSetAvailability } from "./useAvailability";

/** Reasons to choose from. Others are typed. */
const reasons = ["Break", "Lunch", "Meeting", "Training"] as const;

const useStyles = makeStyles({
  button: { minWidth: 0, whiteSpace: "nowrap" },
  away: { backgroundColor: tokens.colorStatusWarningBackground1, color: tokens.colorStatusWarningForeground1 },
  text: {
    maxWidth: "160px",
    overflow: "hidden",
    textOverflow: "ellipsis",
    "@media (max-width: 639px)": { display: "none" },
  },
});

export function AvailabilityMenu() {
  const styles = useStyles();
  const navigate = useNavigate();
  const own = useOwnAvailability().data;
  const { mutate, error, reset, isPending } = useSetAvailability();
  const [isAsking, setAsking] = useState(false);
  if (own === undefined) return null;
  const { state, reason } = own.availability;
  const isAway = state === "away";
  const text = availabilityText(own.availability);
  const isListed = reason == null || reasons.some((known) => known === reason);
  const checked = isAway ? `away:${reason ?? ""}` : "here";
  const choose = (value: string) => {
    if (value === checked || isPending) return;
    const [, why = ""] = value.split("away:");
    mutate(value === "here" ? { state: "here" } : { state: "away", ...(why !== "" && { reason: why }) });
  };
  return (
    <>
      <Menu checkedValues={{ availability: [checked] }} onCheckedValueChange={(_, { checkedItems }) => choose(checkedItems[0] ?? checked)}>
        <MenuTrigger disableButtonEnhancement>
          <MenuButton
            appearance="subtle"
            size="small"
            className={mergeClasses(styles.button, isAway && styles.away)}
            icon={<PresenceBadge aria-hidden status={isAway ? "away" : "available"} />}
            aria-label={`You are ${isAway ? text : "Here"}`}
          >
            <bdi className={styles.text}>{text}</bdi>
          </MenuButton>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItemRadio name="availability" value="here">
              Here
            </MenuItemRadio>
            <MenuDivider />
            <MenuItemRadio name="availability" value="away:">
              Away
            </MenuItemRadio>
            {reasons.map((why) => (
              <MenuItemRadio key={why} name="availability" value={`away:${why}`}>
                Away: {why}
              </MenuItemRadio>
            ))}
            {isAway && !isListed && (
              <MenuItemRadio name="availability" value={`away:${reason}`}>
                Away: <bdi>{reason}</bdi>
              </MenuItemRadio>
            )}
            <MenuItem icon={<EditRegular />} onClick={() => setAsking(true)}>
              Away for another reason…
            </MenuItem>
            <MenuDivider />
            <MenuItem icon={<PeopleTeamRegular />} onClick={() => void navigate("/agent/colleagues")}>
              Colleagues
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {isAsking && <ReasonDialog onClose={() => setAsking(false)} />}
      <ProblemDialog title="Not changed" error={error} onClose={reset} />
    </>
  );
}

/** In the inbox while the operator is away: what that means, and the way back. */
export function AwayBar() {
  const styles = useBarStyles();
  const own = useOwnAvailability().data;
  const { mutate, error, reset, isPending } = useSetAvailability();
  if (own?.availability.state !== "away") return null;
  return (
    <div className={styles.bar}>
      <div className={styles.words} role="status">
        <bdi className={styles.title}>You are {availabilityText(own.availability).replace(/^A/, "a")}</bdi>
        <span>No chat is given to you, and nothing alerts you. You keep those you have.</span>
      </div>
      <Button size="small" className={styles.back} disabledFocusable={isPending} onClick={() => mutate({ state: "here" })}>
        I am here
      </Button>
      <ProblemDialog title="Not changed" error={error} onClose={reset} />
    </div>
  );
}

const useBarStyles = makeStyles({
  bar: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    margin: tokens.spacingHorizontalS,
    marginBottom: 0,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorStatusWarningBackground1,
    color: tokens.colorStatusWarningForeground1,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  words: { display: "grid", flexGrow: 1, minWidth: 0, overflowWrap: "anywhere" },
  title: { fontWeight: tokens.fontWeightSemibold },
  back: { flexShrink: 0, whiteSpace: "nowrap" },
});
