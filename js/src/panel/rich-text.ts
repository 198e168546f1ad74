/**
 * Plain text to nodes: links become links, everything else stays text. Nothing is ever parsed as markup, only schemes that
 * open a page, a mail or a call are followed, and no address that begins with a name, which looks like another's; so a message
 * can neither run script nor dress up.
 */
import { h } from "../element/dom";
import { URL } from "../natives";

const CANDIDATE = /\b(?:https?:\/\/|mailto:|tel:)[^\s<>"“”„«»]+/gi;
/** What ends a sentence rather than an address. */
const TRAILING = /[.,;:!?'’…。、，！？)\]}]$/;

/** The text's nodes. Line breaks are left to `white-space: pre-wrap`. */
export function richText(text: string): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let end = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const address = trim(match[0]);
    const link = toLink(address);
    if (!link) continue;
    nodes.push(text.slice(end, match.index), link);
    end = match.index + address.length;
  }
  nodes.push(text.slice(end));
  return nodes.filter((node) => node !== "");
}

/** Leaves out punctuation behind an address, but keeps a bracket that was opened inside it. */
function trim(found: string): string {
  let address = found;
  while (TRAILING.test(address)) {
    if (address.endsWith(")") && address.split("(").length >= address.split(")").length) break;
    address = address.slice(0, -1);
  }
  return address;
}

function toLink(address: string): HTMLAnchorElement | undefined {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  if (url.username || url.password) return undefined;
  const opensPage = url.protocol.startsWith("http");
  return h("a", { href: url.href, part: "link", rel: "noopener noreferrer", target: opensPage && "_blank" }, address);
}

/** Removes what could turn a name's surroundings around or hide in it: control and direction characters. */
export function plainName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return name.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").trim();
}
