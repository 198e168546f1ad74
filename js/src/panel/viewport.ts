/**
 * The part of the conversation that is seen: it stays at the end while the visitor does, and where they read otherwise. It
 * asks for sizes only once they have scrolled, or where all is laid out anyway: each time costs a layout of the whole panel.
 */
import { h, icon } from "../element/dom";
import { cancelAnimationFrame, ResizeObserver, requestAnimationFrame } from "../natives";
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
  /** How far it could be scrolled when the end was shown last, in pixels. */
  #most = 0;
  #frame = 0;

  constructor(strings: Strings, ...children: readonly Node[]) {
    const look = { class: "scroll", part: "log", tabindex: 0, role: "group", "aria-label": strings.log };
    this.#scroll = h("div", { ...look, onscroll: () => this.#scrolled() }, ...children);
    this.#pill = h(
      "button",
      { type: "button", class: "pill", part: "pill", hidden: true, onclick: () => this.toEnd() },
      icon(DOWN),
      strings.fresh,
    );
    this.root = h("div", { class: "middle" }, this.#scroll, this.#pill);
    // A keyboard, a growing draft or a banner takes of its height; a message adds to what is in it. It is told before all that
    // is painted.
    const sizes = ResizeObserver && new ResizeObserver(() => this.#isAway || this.#end());
    for (const sized of [this.#scroll, ...this.#scroll.children]) sizes?.observe(sized);
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
    this.#frame = requestAnimationFrame(() => this.#end());
  }

  /** Says that something came which is not seen. */
  hint(): void {
    this.#pill.hidden = false;
  }

  /** How far it is scrolled, in pixels; at the end more than there are. */
  get top(): number {
    return this.isAtEnd() ? 1e9 : this.#scroll.scrollTop;
  }
  set top(top: number) {
    cancelAnimationFrame(this.#frame);
    this.#scroll.scrollTop = top;
    this.#isAway = true;
    this.isAtEnd();
  }

  #end(): void {
    const { scrollHeight, clientHeight } = this.#scroll;
    this.#scroll.scrollTop = scrollHeight;
    this.#most = scrollHeight - clientHeight;
  }

  #scrolled(): void {
    const { scrollHeight, clientHeight } = this.#scroll;
    // Where sizes change, it is the browser that scrolls, and not the visitor.
    if (!this.#isAway && scrollHeight - clientHeight !== this.#most) return this.#end();
    this.#isAway = true;
    if (this.isAtEnd()) this.#pill.hidden = true;
  }
}
