/** Making elements, as the panel does it: without markup, so that strict policies and Trusted Types have nothing to object to. */

import { entries } from "../natives";

type Properties = Record<string, string | number | boolean | ((event: never) => void)>;

/** Makes an element. Functions become listeners (`onclick`), other values attributes; `false` is left out. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, properties: Properties, ...children: (Node | string)[]) {
  const element = document.createElement(tag);
  for (const [name, value] of entries(properties)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (value !== false) element.setAttribute(name, value === true ? "" : `${value}`);
  }
  element.append(...children);
  return element;
}

/** An icon on a grid of 24, drawn with the text's colour; hidden from assistive technology. */
export function icon(path: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}
