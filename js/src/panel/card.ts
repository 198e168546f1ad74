/** What fills the panel when there is no conversation to show: a request to sign in, or a failure and what to do. */
import { h, icon } from "../element/dom";
import type { ChatFailure } from "../engine/pkg/bonafide_widget";
import type { Strings } from "../strings/en";
import { failureKind, failureWords } from "../strings/failures";
import { PERSON, WARNING } from "./icons";

/** A button in words. */
export function action(text: string, onclick: () => void, kind = "button"): HTMLButtonElement {
  return h("button", { type: "button", class: kind, part: kind, onclick }, text);
}

/** Asks the visitor to sign in. */
export function signInCard(strings: Strings, signIn: () => void): HTMLElement {
  return card(PERSON, strings.signInTitle, strings.signInText, action(strings.signIn, signIn));
}

/** Tells of a failure. `retry` is offered where trying again can help, if only after what the advice says. */
export function failureCard(strings: Strings, failure: ChatFailure, retry: () => void): HTMLElement {
  const [title, text] = failureWords(strings, failure);
  const canRetry = failure.retryable || !/^(setup|outdated)$/.test(failureKind(failure));
  const root = card(WARNING, title, text, canRetry && action(strings.retry, retry));
  // For the visitor to read out to support; it says nothing about them.
  root.append(
    h("p", { class: "code" }, `${strings.code}: `, h("bdi", null, [failure.code, failure.requestId].filter(Boolean).join(" · "))),
  );
  return root;
}

function card(picture: string, title: string, text: string, button: HTMLElement | false): HTMLElement {
  return h(
    "div",
    { class: "card", part: "card" },
    h("div", { class: "picture" }, icon(picture)),
    h("h3", null, title),
    h("p", null, text),
    button,
  );
}

/** Tells one failure from another. */
export function failureId({ code, requestId }: Pick<ChatFailure, "code" | "requestId">): string {
  return `${code} ${requestId ?? ""}`;
}
