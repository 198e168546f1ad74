/**
 * The part of the conversation that is seen: it stays at the end while the visitor does, and where they read otherwise. It
 * asks for sizes only once they have scrolled: each time costs a layout of the whole panel.
 */
import { type Child, h, icon } from "../element/dom";
import { cancelAnimationFrame, requestAnimationFrame } from "../natives";
import type { Strings } from "../strings/en";
import { DOWN } from "./icons";

/** From how many pixels on the visitor is away from the end. */
const AWAY = 60;

/** The scrolled part of the panel. */
export class Viewport {
  readonly root: HTMLElement;
  readonly #scroll: HTMLElement;
  readonly #pill: HTMLButtonElement;
  /** Whether the visitor scrolled away from the end. */
  #isAway = false;
  #frame = 0;

  constructor(strings: Strings, ...children: readonly Child[]) {
    const look = { class: "scroll", part: "log", tabindex: 0, role: "group", "aria-label": strings.log };
    this.#scroll = h("div", { ...look, onscroll: () => this.#scrolled() }, ...children);
    this.#pill = h(
      "button",
      { type: "button", class: "pill", part: "pill", hidden: true, onclick: () => this.toEnd() },
      icon(DOWN),
      strings.fresh,
    );
    this.root = h("div", { class: "middle" }, this.#scroll, this.#pill);
  }

  /** Whether what comes at the end is seen. */
  isAtEnd(): boolean {
    if (this.#isAway) {
      const { scrollTop, scrollHeight, clientHeight } = this.#scroll;
      this.#isAway = scrollHeight - scrollTop - clientHeight >= AWAY;
    }
    return !this.#isAway;
  }

  /** Shows the end with the next frame, when everything is laid out anyway; at once would be a layout for each change. */
  toEnd(): void {
    this.#pill.hidden = true;
    this.#isAway = false;
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      this.#scroll.scrollTop = this.#scroll.scrollHeight;
    });
  }

  /** Says that something came which is not seen. */
  hint(): void {
    this.#pill.hidden = false;
  }

  /** How far it is scrolled, in pixels. */
  get top(): number {
    return this.#scroll.scrollTop;
  }
  set top(top: number) {
    cancelAnimationFrame(this.#frame);
    this.#scroll.scrollTop = top;
  }

  #scrolled(): void {
    this.#isAway = true;
    if (this.isAtEnd()) this.#pill.hidden = true;
  }
}
