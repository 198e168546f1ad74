/**
 * The script tag: `<script async src="https://chat.example.com/embed.js" data-widget="wgt_…"></script>`.
 *
 * Defines `<bonafide-chat>` and puts one into the page for the tag, with its `data-` attributes. It makes no global and no
 * request, and embedding the same widget twice gives one chat.
 */
import { chunk } from "./chunk";
import { defineElement } from "./element/define";
import { BonafideChatElement } from "./element/element";
import { shared } from "./element/shared";

/** Those that the element watches, and those that are its style sheet's or are looked at when it comes to them. */
const ATTRIBUTES = [...BonafideChatElement.observedAttributes, "theme", "launcher", "sound"];

const script = (document.currentScript ?? document.querySelector("script[data-widget][src]")) as HTMLScriptElement | null;
const address = script?.src || document.baseURI;
/** The folder that the script is in. */
const home = address.replace(/[^/]*([?#].*)?$/, "");
const { load, newer } = chunk(address, home);

BonafideChatElement.shared = { ...shared, newer };
defineElement(load);

function place(): void {
  // Not by `dataset`, which shows what a page put on the prototype of all objects.
  const given = (name: string) => script?.getAttribute(`data-${name}`);
  const widget = given("widget");
  // An empty id is told by the element; without the attribute, the page only wants the element defined.
  if (widget == null) return;
  const server = given("server") || home.replace(/\/+$/, "");
  for (const other of document.querySelectorAll("bonafide-chat")) {
    if (other.getAttribute("widget") === widget && other.getAttribute("server") === server) return;
  }
  const element = document.createElement("bonafide-chat");
  for (const name of ATTRIBUTES) {
    const value = given(name);
    if (value != null) element.setAttribute(name, value);
  }
  element.setAttribute("server", server);
  document.body.append(element);
}

if (document.body) place();
else document.addEventListener("DOMContentLoaded", place, { once: true });
