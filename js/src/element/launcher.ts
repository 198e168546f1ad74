/** The round button in the corner: what a page shows before the chat is opened. It knows nothing of conversations. */
import { forLanguage } from "../locale";
import { adopt, h, icon, type Sheet, say, styleSheet } from "./dom";
import css from "./launcher.css?inline";
import { LAUNCHER_NAMES, LAUNCHER_WORDS, type LauncherName, type LauncherWords } from "./launcher-words";

const BUBBLE = "M4 19.5V6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H8zM8.5 8.5h7M8.5 11.8h4.5";
const DOWN = "M6 9.5l6 6 6-6";

// Made with the first launcher: a server imports this too, and has no style sheets.
let sheet: Sheet | undefined;

/** What the launcher shows. */
export interface LauncherState {
  readonly open: boolean;
  readonly busy: boolean;
  readonly failed: boolean;
  readonly unread: number;
  readonly language: string;
  /** The page's own words, in place of the built-in ones. */
  readonly words: Readonly<Partial<Record<LauncherName, string>>>;
}

/** The launcher inside a shadow root. */
export class Launcher {
  /** Holds the launcher and, beside it, the panel. */
  readonly base = h("div", { class: "base", part: "base" });
  readonly #badge = h("span", { class: "badge", part: "badge", "aria-hidden": "true" });
  readonly #notice = h("p", { class: "notice", part: "notice", role: "alert" });
  readonly #status = h("span", { class: "quiet", role: "status" });
  readonly #closed = icon(BUBBLE);
  readonly #opened = icon(DOWN);
  readonly #button: HTMLButtonElement;

  /** `soon` is told that a click may follow. */
  constructor(root: ShadowRoot, onclick: () => void, soon: () => void) {
    sheet ??= styleSheet(css);
    adopt(root, sheet);
    const events = { onclick, onpointerenter: soon, onfocus: soon };
    this.#button = h("button", { class: "launcher", part: "launcher", type: "button", ...events }, this.#closed, this.#badge);
    this.base.append(h("div", { class: "corner" }, this.#notice, this.#status, this.#button));
    root.append(this.base);
  }

  /** Draws a state. */
  draw(state: LauncherState): void {
    const builtIn = forLanguage(LAUNCHER_WORDS, state.language);
    const [open, close, unread, failed] = LAUNCHER_NAMES.map(
      (name, index) => state.words[name] ?? builtIn[index],
    ) as readonly string[] as LauncherWords;
    const waiting = state.unread && !state.open ? unread.replace("{n}", `${state.unread}`) : "";
    const button = this.#button;
    button.setAttribute("aria-label", state.open ? close : waiting ? `${open}. ${waiting}` : open);
    button.setAttribute("aria-expanded", `${state.open}`);
    button.setAttribute("aria-busy", `${state.busy}`);
    const picture = state.open && !state.busy ? this.#opened : this.#closed;
    if (button.firstChild !== picture) button.firstChild?.replaceWith(picture);
    say(this.#badge, waiting && (state.unread > 99 ? "99+" : `${state.unread}`));
    say(this.#status, waiting);
    say(this.#notice, state.failed ? failed : "");
  }

  /** Colours it, unless the page's tokens do. `color` is `#rrggbb`; anything else is ignored. */
  paint(color: string | null | undefined): void {
    if (!color || !/^#[\da-f]{6}$/i.test(color)) return;
    const { style } = this.base;
    style.setProperty("--bf-accent", color);
    style.setProperty("--bf-on-accent", isLight(color) ? "#111" : "#fff");
  }

  /** Puts it into a corner. */
  place(position: string | null | undefined): void {
    this.base.classList.toggle("start", position === "start");
  }

  /** Leaves room for so many launchers before it. */
  stand(slot: number): void {
    this.base.style.setProperty("--bf-slot", `${slot}`);
  }

  /** Gives it the keyboard's focus. */
  focus(): void {
    this.#button.focus();
  }
}

/**
 * Whether black is easier to read on a colour than white: relative luminance (WCAG 2.2) above 0.179. A plain power is at
 * most 0.004 above the curve there, which leaves either choice a contrast of 4.5.
 */
function isLight(color: string): boolean {
  const channel = (at: number) => (+`0x${color.slice(at, at + 2)}` / 255) ** 2.2;
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5) > 0.179;
}
