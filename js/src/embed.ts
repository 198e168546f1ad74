/**
 * The script tag: `<script async src="https://chat.example.com/embed.js" data-widget="wgt_…"></script>`.
 *
 * Defines `<bonafide-chat>` and puts one into the page for the tag, with what its `data-` attributes say, or the query of its
 * address. It makes no global and no request, and embedding the same widget twice gives one chat.
 */
import { chunk } from "./chunk";
import { defineElement } from "./element/define";
import { BonafideChatElement } from "./element/element";
import { serverAddress } from "./element/faults";
import { shared } from "./element/shared";
import { setTimeout } from "./natives";
import { put } from "./placing";
import { given, homeOf, tags } from "./tag";

/** Those that the element watches, and those that are its style sheet's or are looked at when it comes to them. */
const ATTRIBUTES = [...BonafideChatElement.observedAttributes, "theme", "launcher", "sound"];

/** How long a page without a widget's id may take to write an element of its own, in milliseconds. */
const PATIENCE_MS = 3_000;

const found = tags();
const home = found.map(homeOf).find(Boolean);

/** Puts an element into the page for a tag. `false` when that names no widget; an empty one is told by the element. */
function place(tag: HTMLScriptElement): boolean {
  if (given(tag, "widget") == null) return false;
  const element = document.createElement("bonafide-chat");
  for (const name of ATTRIBUTES) {
    const value = given(tag, name);
    if (value != null) element.setAttribute(name, value);
  }
  element.setAttribute("server", given(tag, "server") || (homeOf(tag)?.slice(0, -1) ?? ""));
  put(element, false);
  return true;
}

const miss = (what: string) => console.error(`bonafide-chat: no chat: the tag has no ${what}`);

if (home) {
  const { load, newer } = chunk(`${serverAddress(home)}/`);
  BonafideChatElement.shared = [...shared, newer];
  defineElement(load);
  // Without a widget, the page only wants the element defined; or something took the attribute away.
  if (!found.filter(place).length)
    setTimeout(() => document.querySelector("bonafide-chat") || miss("data-widget, and its address no ?widget=wgt_…"), PATIENCE_MS);
} else miss("src, and no data-server");
