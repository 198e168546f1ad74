// The document's title: what there is to do first, then the page, the product last, so that tabs can be told apart.
import { useEffect } from "react";

let page = "";
let count = "";

export function useTitle(title: string): void {
  useEffect(() => {
    page = title;
    write();
  }, [title]);
}

/** A count in front of every page's title, for as long as it is shown; none when empty. */
export function useTitleCount(text: string): void {
  useEffect(() => {
    count = text;
    write();
    return () => {
      count = "";
      write();
    };
  }, [text]);
}

function write(): void {
  const named = page === "" ? "Bonafide" : `${page} · Bonafide`;
  document.title = count === "" ? named : `(${count}) ${named}`;
}
