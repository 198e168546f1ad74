// The document's title: page first, product last, so that tabs can be told apart.
import { useEffect } from "react";

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === "" ? "Bonafide" : `${title} · Bonafide`;
  }, [title]);
}
