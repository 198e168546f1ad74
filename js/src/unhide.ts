/**
 * A page may have taken a browser's name for something of its own before any of our scripts: `function Map() {}`,
 * `var URL = "/shop"`. What it hides is asked of a fresh window, of a frame without content that nobody sees and that stays,
 * since timers and requests end with their window. A library's wrapper around what the browser gives is no such thing, and is
 * used as the page wants it. Must stand before what takes the functions apart.
 */
import { native, page, statics, take } from "./engine/pkg/taken";

/** Classes and objects whose name is a word that pages use, with what tells them from anything else. */
const KNOWN: Readonly<Record<string, string>> = {
  Date: "getTime",
  JSON: "parse",
  Map: "get",
  Promise: "then",
  Reflect: "apply",
  Response: "text",
  Set: "has",
  URL: "href",
  WebSocket: "send",
  crypto: "getRandomValues",
  performance: "now",
};

let frame: HTMLIFrameElement | undefined;

/** The same as a page without scripts of its own has it. */
function fresh(name: string): unknown {
  if (!frame) {
    frame = document.createElement("iframe");
    frame.hidden = true;
    document.documentElement.append(frame);
  }
  return (frame.contentWindow as unknown as Record<string, unknown>)[name];
}

/** Whether something else than the browser's own, or a wrapper of that, bears its name. */
function isHidden(name: string, given: unknown): boolean {
  const isFunction = typeof given === "function";
  // What the browser gives can be taken away; what a page declares as a function cannot.
  if (page[name] === given && statics.Object.getOwnPropertyDescriptor(page, name)?.configurable === false) return true;
  const known = KNOWN[name];
  if (!known) return !isFunction && !/^(globalThis|WebAssembly|Table)$/.test(name);
  const has: unknown = isFunction ? given.prototype : given;
  return !has || typeof has !== "object" || !(known in has);
}

/** Finds what is hidden. Does nothing outside a browser, where some of it is not there at all. */
export function unhide(): void {
  if (!page.document?.documentElement) return;
  for (const name in native) if (native[name] !== undefined && isHidden(name, native[name])) take(name, fresh(name));
}
