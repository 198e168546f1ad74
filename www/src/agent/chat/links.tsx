// Text that somebody else wrote, with its links made clickable, by the same rules as in the visitor's chat: it is the same
// module. Text stays text: no HTML is ever made from it, and only schemes that cannot run anything become links.
import { Link } from "@fluentui/react-components";
import { Fragment } from "react";
import { richText } from "../../../../js/src/panel/rich-text";

export interface Part {
  text: string;
  href?: string;
  /** `_blank` for what opens a page; mail and calls open none. */
  target?: string;
}

/** Cuts `text` into plain parts and links. The parts joined again are `text`, letter by letter. */
export function linkParts(text: string): Part[] {
  return richText(text).map((node) => {
    if (typeof node === "string") return { text: node };
    const part: Part = { text: node.textContent ?? "" };
    if (!(node instanceof HTMLAnchorElement)) return part;
    part.href = node.href;
    if (node.target !== "") part.target = node.target;
    return part;
  });
}

export function LinkedText({ text }: { text: string }) {
  return linkParts(text).map(({ text: part, href, target }, index) =>
    href === undefined ? (
      <Fragment key={index}>{part}</Fragment>
    ) : (
      // The address in words is what is opened: nothing hides behind another text.
      <Link key={`${index} ${href}`} href={href} {...(target && { target })} rel="noopener noreferrer nofollow" inline dir="ltr">
        {part}
      </Link>
    ),
  );
}
