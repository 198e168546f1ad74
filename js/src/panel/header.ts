/** The panel's top: who the visitor is talking to, whether they are signed in, and the ways out. */
import { isRunning } from "../chat/chat";
import { fill, h, icon, say } from "../element/dom";
import type { View } from "../engine/pkg/bonafide_widget";
import type { Strings } from "../strings/en";
import { CHECK, DOWN, LEAVE, SPEECH } from "./icons";
import { agentName, statusLine } from "./status";

/** The header. */
export class Header {
  readonly root: HTMLElement;
  readonly #strings: Strings;
  readonly #title = h("h2", { id: "title", part: "title" });
  readonly #status = h("p", { part: "status" });
  readonly #avatar = h("div", { class: "avatar", part: "avatar", "aria-hidden": "true" });
  readonly #proof: HTMLElement;
  readonly #end: HTMLButtonElement;
  #face = "";

  constructor(strings: Strings, end: () => void, close: () => void) {
    this.#strings = strings;
    this.#proof = h("span", { class: "proof", part: "signed-in", hidden: true }, icon(CHECK), strings.signedIn);
    this.#end = tool(LEAVE, strings.end, end);
    this.root = h(
      "header",
      { part: "header" },
      this.#avatar,
      h("div", { class: "who" }, this.#title, h("div", { class: "state" }, this.#status, this.#proof)),
      this.#end,
      tool(DOWN, strings.minimise, close),
    );
  }

  /** Draws a state. */
  draw(view: View): void {
    const { phase, agent } = view;
    say(this.#title, view.appearance?.title || this.#strings.title);
    // Beside the agent's face the name says enough.
    say(this.#status, phase === "active" ? agentName(agent, this.#strings) : statusLine(view, this.#strings));
    this.#proof.hidden = view.identity !== "current" || phase === "ended";
    this.#end.hidden = !isRunning(view);
    this.#avatar.classList.toggle("live", phase === "active" && view.connection === "online");
    const face = phase === "active" ? ([...agentName(agent, this.#strings)][0] ?? "") : "";
    if (face !== this.#face || !this.#avatar.firstChild) fill(this.#avatar, face ? face.toUpperCase() : icon(SPEECH));
    this.#face = face;
  }
}

function tool(picture: string, label: string, onclick: () => void): HTMLButtonElement {
  return h("button", { type: "button", class: "tool", part: "tool", "aria-label": label, title: label, onclick }, icon(picture));
}
