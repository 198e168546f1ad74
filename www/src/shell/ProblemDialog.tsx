// What went wrong where the page has no place for it: in front of the page, until it was read.
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from "@fluentui/react-components";
import { ProblemBar } from "./ProblemBar";

export function ProblemDialog({ title, error, onClose }: { title: string; error: unknown; onClose: () => void }) {
  return (
    <Dialog open={error != null} onOpenChange={onClose}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>{error != null && <ProblemBar error={error} />}</DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              Close
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
