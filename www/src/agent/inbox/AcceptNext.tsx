// Takes the first that waits, by a button or a key, and says when that did not work.
import { Button, Spinner } from "@fluentui/react-components";
import { ArrowNextRegular } from "@fluentui/react-icons";
import { ProblemDialog } from "../../shell/ProblemDialog";
import { useShortcut } from "../shortcuts/useShortcut";
import { useAcceptNext } from "../useAccept";
import { useToDo } from "../useLists";

export function AcceptNext() {
  const { waiting } = useToDo();
  const { isPending, error, mutate, reset } = useAcceptNext();
  const canAccept = waiting > 0 && !isPending;
  const acceptNext = () => canAccept && mutate();
  useShortcut("a", acceptNext);
  return (
    <>
      <Button
        appearance="primary"
        size="small"
        icon={isPending ? <Spinner size="tiny" /> : <ArrowNextRegular />}
        disabledFocusable={!canAccept}
        onClick={acceptNext}
      >
        Accept next
      </Button>
      <ProblemDialog title="Not accepted" error={error} onClose={reset} />
    </>
  );
}
