/**
 * What is wrong while the conversation goes on, above it: the connection, the sign-in, or something that failed; and the
 * button that mends it. Only shown for conversations that run; what stands in the way of one is a card's to say.
 */
import { type Chat, isRunning } from "../chat/chat";
import { fill, h } from "../element/dom";
import type { View } from "../generated/View";
import type { Strings } from "../strings/en";
import { failureKind, failureWords } from "../strings/failures";
import { action, failureId } from "./card";

/** What the buttons do that is not the chat's alone. */
interface Wishes {
  /** Asks the page to sign the visitor in; `false` when the page does. */
  signIn(): boolean;
  /** Ends the chat. */
  end(): void;
}

/** What can be repeated: the end of the chat, or the proof of who the visitor is. */
type What = "end" | "proof";

/** The banner. */
export class Banner {
  readonly root = h("div", { class: "banner", part: "banner" });
  /** What it says, for the announcement. */
  text = "";
  readonly #chat: Chat;
  readonly #strings: Strings;
  readonly #wishes: Wishes;
  #drawn = "";

  constructor(chat: Chat, strings: Strings, wishes: Wishes) {
    this.#chat = chat;
    this.#strings = strings;
    this.#wishes = wishes;
  }

  /** Draws a state. `unended` is the failure that the wish to end the chat ran into. */
  draw(view: View, unended: string): void {
    const strings = this.#strings;
    let text = "";
    let button: HTMLElement | false = false;
    let what: What | "" = "";
    let alarm = true;
    if (!isRunning(view)) alarm = false;
    else if (view.connection === "offline") text = strings.offline;
    else if (view.connection === "connecting" && this.#chat.messages.length) [text, alarm] = [strings.reconnecting, false];
    else if (view.identity === "lapsed") {
      text = strings.lapsed;
      button = action(strings.renew, () => this.#wishes.signIn() && void this.#chat.authenticate(), "text");
    } else if (view.error) {
      text = failureWords(strings, view.error.code).join(". ");
      what = whatFailed(view, unended);
      if (what) button = action(strings.retry, () => (what === "end" ? this.#wishes.end() : void this.#chat.authenticate()), "text");
    }
    this.root.classList.toggle("alarm", alarm);
    this.text = text;
    // What the button does may change under the same words.
    const wanted = text + what;
    if (wanted !== this.#drawn) fill(this.root, text, text && " ", button);
    this.#drawn = wanted;
  }
}

/** What to repeat after a failure; nothing where it is nobody's to repeat. */
function whatFailed({ error, identity }: View, unended: string): What | "" {
  if (!error?.retryable) return "";
  if (failureId(error) === unended) return "end";
  // Only a proof of who the visitor is can fail like this, or where they proved it before. A widget that asks for none would
  // only refuse one.
  const isProof = identity !== "none" || /^(page|token|expired|keys)$/.test(failureKind(error.code));
  return isProof ? "proof" : "";
}
