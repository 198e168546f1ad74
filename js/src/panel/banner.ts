/**
 * What is wrong while the conversation goes on, above it: the connection, the sign-in, or something that failed; and the
 * button that mends it. Only shown for conversations that run; what stands in the way of one is a card's to say.
 */
import { type Chat, isRunning } from "../chat/chat";
import { fill } from "../element/dom";
import type { View } from "../engine/pkg/bonafide_widget";
import type { Strings } from "../strings/en";
import { failureKind, failureWords } from "../strings/failures";
import { action, failureId } from "./card";

/** What can be repeated: the end of the chat, or the proof of who the visitor is. */
type What = "end" | "proof";

/** What the buttons do that is not the chat's alone. */
interface Wishes {
  /** Asks the page to sign the visitor in; `false` when the page does. */
  signIn(): boolean;
  /** Ends the chat. */
  end(): void;
}

/** Draws a state, and gives its words. `unended` is the failure that the wish to end the chat ran into. */
export function drawBanner(root: HTMLElement, chat: Chat, strings: Strings, unended: string, { signIn, end }: Wishes): string {
  const { view } = chat;
  const { error, connection } = view;
  let text = "";
  let button: HTMLElement | false = false;
  let what: What | "" = "";
  let alarm = true;
  if (!isRunning(view)) alarm = false;
  else if (connection === "offline") text = strings.offline;
  else if (connection === "connecting" && chat.messages.length) [text, alarm] = [strings.reconnecting, false];
  else if (view.identity === "lapsed") {
    text = strings.lapsed;
    button = action(strings.renew, () => signIn() && void chat.authenticate(), "text");
  } else if (error) {
    text = failureWords(strings, error).join(". ");
    what = whatFailed(view, unended);
    if (what) button = action(strings.retry, () => (what === "end" ? end() : void chat.authenticate()), "text");
  } else if (connection === "polling") [text, alarm] = [strings.slow, false];
  root.classList.toggle("alarm", alarm);
  // What the button does may change under the same words.
  if (root.getAttribute("data-drawn") !== text + what) fill(root, text, text && " ", button);
  root.setAttribute("data-drawn", text + what);
  return text;
}

/** What to repeat after a failure; nothing where it is nobody's to repeat. */
function whatFailed({ error, identity }: View, unended: string): What | "" {
  if (!error?.retryable) return "";
  if (failureId(error) === unended) return "end";
  // Only a proof of who the visitor is can fail like this, or where they proved it before. A widget that asks for none would
  // only refuse one.
  const isProof = identity !== "none" || /^(page|token|expired|keys)$/.test(failureKind(error));
  return isProof ? "proof" : "";
}
