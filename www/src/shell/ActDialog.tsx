// The dialog in which a person says how something is done, or that it is to be done, and does it. What is asked is the caller's.
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
  mergeClasses,
  tokens,
} from "@fluentui/react-components";
import type { ReactElement, ReactNode } from "react";

const useStyles = makeStyles({
  content: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    // A select is as wide as its longest option, which may be wider than a phone.
    "& .fui-Field": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  line: { whiteSpace: "nowrap" },
});

export interface ActDialogProps {
  /** The button that opens it. */
  opener: ReactElement;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: ReactNode;
  /** What the buttons say: to leave it, to do it, and while it is done. */
  words: { leave: string; act: string; acting: string };
  isActing: boolean;
  /** What it says is in the way: it cannot be done now. */
  isBlocked?: boolean;
  /** How the button looks that does it, where that is not as usual. */
  actClass?: string;
  onAct: () => void;
  children: ReactNode;
}

export function ActDialog(props: ActDialogProps) {
  const { opener, isOpen, onOpenChange, title, words, isActing, isBlocked = false, actClass, onAct, children } = props;
  const styles = useStyles();
  const isOff = isActing || isBlocked;
  return (
    <Dialog open={isOpen} onOpenChange={(_, { open }) => onOpenChange(open)}>
      <DialogTrigger disableButtonEnhancement>{opener}</DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>{children}</DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button className={styles.line}>{words.leave}</Button>
            </DialogTrigger>
            <Button
              appearance="primary"
              className={mergeClasses(styles.line, actClass)}
              disabledFocusable={isOff}
              onClick={() => isOff || onAct()}
            >
              {isActing ? words.acting : words.act}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
