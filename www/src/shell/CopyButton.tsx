// Copies a text and says so, in place and to screen readers.
import { Button, type ButtonProps, Tooltip } from "@fluentui/react-components";
import { CheckmarkRegular, CopyRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";

export interface CopyButtonProps {
  text: string;
  /** What the button does, as its accessible name: "Copy the script tag". */
  label: string;
  /** Shown beside the icon; an icon alone when absent. */
  children?: string;
  appearance?: ButtonProps["appearance"];
  size?: ButtonProps["size"];
}

export function CopyButton({ text, label, children, appearance = "subtle", size = "small" }: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");

  useEffect(() => {
    if (state === "idle") return;
    const timer = window.setTimeout(() => setState("idle"), 2500);
    return () => window.clearTimeout(timer);
  }, [state]);

  const said = state === "copied" ? "Copied" : state === "refused" ? "The browser refused to copy" : label;
  const copy = () =>
    copyText(text).then(
      () => setState("copied"),
      () => setState("refused"),
    );

  return (
    <Tooltip content={said} relationship="label" visible={state === "idle" ? undefined : true}>
      <Button
        appearance={appearance}
        size={size}
        icon={state === "copied" ? <CheckmarkRegular /> : <CopyRegular />}
        onClick={() => void copy()}
      >
        {children && (state === "copied" ? "Copied" : children)}
      </Button>
    </Tooltip>
  );
}

async function copyText(text: string): Promise<void> {
  // Absent where the page is not a secure context, for example a server under a bare http address.
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  if (!copied) throw new Error("The browser refused to copy.");
}
