/** Where the visitor writes. The draft survives reloads and sign-in redirects within the tab; nothing typed is cut off. */
import { type Chat, isRunning } from "../chat/chat";
import { h, icon, say } from "../element/dom";
import { keep, recall } from "../storage";
import type { Strings } from "../strings/en";
import { fillIn } from "../strings/strings";
import { SEND } from "./icons";
import { canWrite } from "./status";

/** The longest message the server takes, in characters. */
const MAX_LENGTH = 4_000;
/** From how many characters before the end the counter is shown. */
const COUNT_FROM = 300;

/** The composer. */
export class Composer {
  readonly root: HTMLFormElement;
  readonly input: HTMLTextAreaElement;
  readonly #send: HTMLButtonElement;
  readonly #count = h("div", { class: "count", part: "count", id: "count", "aria-live": "polite" });
  readonly #chat: Chat;
  readonly #strings: Strings;
  readonly #sent: () => void;
  /** Sent before there was a conversation: it goes when that is there, and is a draft until then, which outlives the page. */
  #isEarly = false;

  constructor(chat: Chat, strings: Strings, sent: () => void) {
    this.#chat = chat;
    this.#strings = strings;
    this.#sent = sent;
    this.input = h("textarea", {
      class: "input",
      part: "input",
      rows: 1,
      placeholder: strings.placeholder,
      "aria-label": strings.placeholder,
      "aria-describedby": "count",
      enterkeyhint: "send",
      autocomplete: "off",
      oninput: () => this.#typed(),
      onkeydown: (event: KeyboardEvent) => this.#key(event),
    });
    this.#send = h("button", { class: "send", part: "send", type: "submit", "aria-label": strings.send, title: strings.send }, icon(SEND));
    const onsubmit = (event: Event) => {
      event.preventDefault();
      this.#sends();
    };
    this.root = h(
      "form",
      { class: "composer", part: "composer", onsubmit },
      this.#count,
      h("div", { class: "field" }, this.input, this.#send),
    );
    this.input.value = recall(chat.widget, ":draft") ?? "";
  }

  /** Draws what the chat's state says of it. Writing is always possible. */
  draw(): void {
    if (this.#isEarly) this.#submit();
    this.#measure();
  }

  /** Goes on where the visitor was in another field. */
  takeOver({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): void {
    this.input.value = value;
    this.input.setSelectionRange(selectionStart, selectionEnd);
  }

  /** Forgets the draft. */
  clear(): void {
    this.input.value = "";
    this.#typed();
  }

  /** Whether messages can be sent. */
  get #ready(): boolean {
    return canWrite(this.#chat.view);
  }

  #typed(): void {
    // Who writes on has not finished.
    this.#isEarly = false;
    keep(this.#chat.widget, ":draft", this.input.value);
    if (this.#ready && this.input.value) this.#chat.typing();
    this.#measure();
  }

  #key(event: KeyboardEvent): void {
    // An input method uses Enter to choose a word; 229 is how Safari says so.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#sends();
  }

  /** The visitor sends it, for which there has to be a conversation. */
  #sends(): void {
    this.#submit();
    if (this.#isEarly) void this.#chat.start();
  }

  #submit(): void {
    const text = this.#text;
    if (!this.#ready || !text || this.#room() < 0) return;
    this.#isEarly = !isRunning(this.#chat.view);
    if (this.#isEarly) return;
    void this.#chat.send(text).catch(() => {
      // The message itself shows that it was not sent, and offers to try again.
    });
    this.clear();
    this.input.focus();
    this.#sent();
  }

  /** What would be sent. Not what nobody sees and no server takes. */
  get #text(): string {
    return this.input.value.replaceAll("\0", "").trim();
  }

  /** How many characters still fit; counted as the server does, an emoji as one or more code points. */
  #room(): number {
    const text = this.#text;
    return MAX_LENGTH - (text.length < MAX_LENGTH - COUNT_FROM ? text.length : [...text].length);
  }

  #measure(): void {
    const room = this.#room();
    const { input } = this;
    // An empty field would take "auto" for left to right, and put the placeholder on the wrong side.
    input.dir = input.value ? "auto" : "";
    say(this.#count, room > COUNT_FROM ? "" : fillIn(room < 0 ? this.#strings.over : this.#strings.left, Math.abs(room)));
    input.setAttribute("aria-invalid", `${room < 0}`);
    this.#send.setAttribute("aria-disabled", `${!this.#ready || room < 0 || !this.#text}`);
    // Elsewhere the style sheet makes it as high as its text; to do it here costs a layout.
    if ("fieldSizing" in input.style) return;
    input.style.height = "auto";
    if (input.scrollHeight) input.style.height = `${input.scrollHeight}px`;
  }
}
