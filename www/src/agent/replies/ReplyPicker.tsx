// The list of canned replies over the field: opened by its button or by `/` in the empty field, filtered while typing, and
// used by the keyboard alone. Picks a reply; must not fill or send it.
import {
  Button,
  Input,
  makeStyles,
  mergeClasses,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Text,
  tokens,
} from "@fluentui/react-components";
import { TextQuoteRegular } from "@fluentui/react-icons";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { ownReplies } from "../../api/cannedReplies";
import type { CannedReply } from "../../api/types";
import { useAll } from "../../api/useResource";
import { ProblemBar } from "../../shell/ProblemBar";
import { RouterLink } from "../../shell/RouterLink";
import { findReplies } from "./find";

const useStyles = makeStyles({
  surface: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
    width: "min(420px, calc(100vw - 32px))",
    boxSizing: "border-box",
    padding: tokens.spacingHorizontalM,
  },
  list: { maxHeight: "min(300px, 40vh)", overflowY: "auto", margin: 0, padding: 0, listStyleType: "none" },
  option: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) auto",
    columnGap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    borderRadius: tokens.borderRadiusMedium,
    cursor: "pointer",
    ":hover": { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  active: { backgroundColor: tokens.colorNeutralBackground1Selected, outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  text: {
    gridColumnEnd: "span 2",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
});

export interface ReplyPickerProps {
  isOpen: boolean;
  /** Where it was opened from does not matter to the list. `byKey` where a key did it, such as Escape. */
  onOpenChange: (isOpen: boolean, byKey: boolean) => void;
  onPick: (reply: CannedReply) => void;
  /** A slash was meant as a slash. */
  onSlash: () => void;
}

export function ReplyPicker({ isOpen, onOpenChange, onPick, onSlash }: ReplyPickerProps) {
  const styles = useStyles();
  return (
    <Popover open={isOpen} onOpenChange={(event, { open }) => onOpenChange(open, event.type === "keydown")} positioning="above-end" trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Button icon={<TextQuoteRegular />} aria-label="Canned replies" title="Canned replies: / in the empty field" />
      </PopoverTrigger>
      <PopoverSurface className={styles.surface} aria-label="Canned replies">
        <ReplyList onPick={onPick} onSlash={onSlash} />
      </PopoverSurface>
    </Popover>
  );
}

function ReplyList({ onPick, onSlash }: Pick<ReplyPickerProps, "onPick" | "onSlash">) {
  const styles = useStyles();
  const id = useId();
  const { data, error, isPending } = useAll(ownReplies);
  const [typed, setTyped] = useState("");
  const [picked, setPicked] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const found = findReplies(data ?? [], typed);
  const active = Math.min(picked, found.length - 1);
  const chosen = found[active];
  /** Enter was pressed before the list was there: who types fast knows the name. */
  const [isEntered, setEntered] = useState(false);
  useEffect(() => {
    if (isEntered && chosen) onPick(chosen);
    if (!isPending) setEntered(false);
  }, [isEntered, chosen, isPending, onPick]);
  useEffect(() => {
    // Absent in test browsers without layout.
    list.current?.children[active]?.scrollIntoView?.({ block: "nearest" });
  }, [active]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const steps: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: found.length - 1 };
    const step = steps[event.key];
    const isInside = (event.key === "Home" || event.key === "End") && typed !== "";
    if (step !== undefined && !isInside) {
      event.preventDefault();
      // Around the ends.
      setPicked(found.length === 0 ? 0 : (step + found.length) % found.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (chosen) onPick(chosen);
      else setEntered(isPending);
    } else if (event.key === "/" && typed === "") {
      event.preventDefault();
      onSlash();
    }
  };

  return (
    <>
      <Input
        input={{
          role: "combobox",
          "aria-expanded": found.length > 0,
          "aria-controls": `${id}list`,
          "aria-activedescendant": found.length > 0 ? `${id}${active}` : undefined,
          "aria-autocomplete": "list",
        }}
        aria-label="Find a canned reply"
        placeholder="Type a name"
        autoComplete="off"
        value={typed}
        onChange={(_, { value }) => {
          setTyped(value);
          setPicked(0);
        }}
        onKeyDown={onKeyDown}
      />
      {error && <ProblemBar error={error} title="The canned replies could not be read" />}
      <ul ref={list} id={`${id}list`} role="listbox" aria-label="Canned replies" className={styles.list}>
        {found.map((reply, index) => (
          <li
            key={reply.id}
            id={`${id}${index}`}
            role="option"
            aria-selected={index === active}
            className={mergeClasses(styles.option, index === active && styles.active)}
            onClick={() => onPick(reply)}
          >
            <bdi className={styles.name}>{reply.name}</bdi>
            <span className={styles.quiet}>{reply.shared ? "shared" : "own"}</span>
            <bdi className={styles.text}>{reply.text}</bdi>
          </li>
        ))}
      </ul>
      {found.length === 0 && !error && (
        <Text size={200} className={styles.quiet} role="status">
          {isPending ? "Loading…" : typed === "" ? "There is no canned reply yet." : "None fits."}
        </Text>
      )}
      <Text size={200} className={styles.quiet}>
        Enter inserts. Once more / writes a slash. <RouterLink to="/agent/canned-replies">My canned replies</RouterLink>
      </Text>
    </>
  );
}
