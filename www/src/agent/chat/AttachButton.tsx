// Picks files to send. The browser's own dialog does the picking.
import { Button } from "@fluentui/react-components";
import { AttachRegular } from "@fluentui/react-icons";
import { useRef } from "react";
import type { FilePolicy } from "../../api/types";

export function AttachButton({ policy, onFiles }: { policy: FilePolicy; onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        appearance="subtle"
        icon={<AttachRegular />}
        aria-label="Send files"
        title="Send files"
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={policy.types.join(",")}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same file may be picked again.
          currentTarget.value = "";
        }}
      />
    </>
  );
}
