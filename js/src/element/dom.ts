/**
 * Making elements without markup: no `innerHTML`, no style attribute, so that strict policies and Trusted Types have
 * nothing to object to. Text always becomes a text node.
 */
import { CSSStyleSheet, entries } from "../natives";

/** What may stand inside an element. */
export type Child = Node | string | null | undefined | false;

type Properties = Readonly<Record<string, unknown>>;

/** Makes an element. Functions become listeners (`onclick`), other values attributes; `null` and `false` are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties?: Properties | null,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of entries(properties ?? {})) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (value != null && value !== false) element.setAttribute(name, value === true ? "" : `${value}`);
  }
  fill(element, ...children);
  return element;
}

/** Replaces an element's children. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren(...children.filter((child): child is Node | string => child != null && child !== false));
}

/** Sets the text of an element that is announced, only when it differs, so that nothing is read twice. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

const SVG = "http://www.w3.org/2000/svg";

/** An icon on a grid of 24, drawn with the text's colour; hidden from assistive technology. */
export function icon(path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

/** A sheet of styles. What imitates a browser for a site's own tests has only elements for it. */
export type Sheet = CSSStyleSheet | HTMLStyleElement;

/** A constructed sheet, which no `style-src` forbids; an element where there is none, or the page hides it. One for all widgets. */
export function styleSheet(css: string): Sheet {
  try {
    // Not everywhere can one that is made be put to use.
    const sheet = (document.adoptedStyleSheets && new CSSStyleSheet()) as CSSStyleSheet;
    sheet.replaceSync(css);
    return sheet;
  } catch {
    return h("style", null, css);
  }
}

/** Styles a shadow root. */
export function adopt(root: ShadowRoot, sheet: Sheet): void {
  if ("append" in sheet) root.append(sheet.cloneNode(true));
  else if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
