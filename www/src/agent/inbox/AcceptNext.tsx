// Takes the first that waits, by a button or a key, and says when that did not work.
import { Button, Spinner } from "@fluentui/react-components";
import { ArrowNextRegular } from "@fluentui/react-icons";
import { ProblemDialog } from "../../shell/ProblemDialog";
import { useShortcut } from "../shortcuts/useShortcut";
import { useCapacity } from "../availability/useAvailability";
import { useAcceptNext } from "../useAccept";
import { useToDo } from "../useLists";

export function AcceptNext() {
  const { waiting } = useToDo();
  const { isPending, error, mutate, reset } = useAcceptNext();
  const full = useCapacity();
  const canAccept = waiting > 0 && !isPending && full?.isFull !== true;
  const acceptNext = () => canAccept && mutate();
  useShortcut("a", acceptNext);
  return (
    <>
      <Button
        appearance="primary"
        size="small"
        icon={isPending ? <Spinner size="tiny" /> : <ArrowNextRegular />}
        disabledFocusable={!canAccept}
        title={full?.isFull === true ? `You have ${full.active} of ${full.capacity} chats. You can still pick one by hand.` : undefined}
        onClick={acceptNext}
      >
        Accept next
      </Button>
      <ProblemDialog title="Not accepted" error={error} onClose={reset} />
    </>
  );
}
