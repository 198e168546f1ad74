// Text that somebody else wrote, with its links made clickable. Text stays text: no HTML is ever made from it, and only
// schemes that cannot run anything become links.
import { Link } from "@fluentui/react-components";
import { Fragment } from "react";

const candidate = /\b(?:https?:\/\/|mailto:)[^\s<>"'`]+/giu;
/** Marks that end a sentence rather than an address. */
const trailing = /[.,;:!?)\]}»”’]+$/u;
const safeSchemes = new Set(["http:", "https:", "mailto:"]);

export type Part = { text: string; href?: string };

/** Cuts `text` into plain parts and links. The parts joined again are `text`, letter by letter. */
export function linkParts(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(candidate)) {
    const address = withoutTrailing(match[0]);
    const href = safeHref(address);
    if (href === null) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

export function LinkedText({ text }: { text: string }) {
  return linkParts(text).map(({ text: part, href }, index) =>
    href === undefined ? (
      <Fragment key={index}>{part}</Fragment>
    ) : (
      // The address in words is what is opened: nothing hides behind another text.
      <Link key={`${index} ${href}`} href={href} target="_blank" rel="noopener noreferrer nofollow" inline dir="ltr">
        {part}
      </Link>
    ),
  );
}

function withoutTrailing(address: string): string {
  let end = address.replace(trailing, "");
  // A closing bracket belongs to an address that opened it: …/Rust_(language)
  if (address[end.length] === ")" && count(end, "(") > count(end, ")")) end = address.slice(0, end.length + 1);
  return end;
}

function safeHref(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  // Credentials in an address only serve to look like another site.
  return safeSchemes.has(url.protocol) && url.username === "" && url.password === "" ? url.href : null;
}

const count = (text: string, letter: string) => text.split(letter).length - 1;
