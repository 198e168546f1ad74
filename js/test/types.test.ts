/** What the compiler must accept and refuse; checked by `npm run typecheck`, and run here so that it is not forgotten. */
import { expect, it } from "vitest";
import type { Chat, ChatError, ErrorCode, GetToken, MessageView, Started } from "../src/index";

/** A page's `switch` over all codes needs no default: a code that is missing makes this function's end reachable. */
function stage(code: ErrorCode): "page" | "token" | "server" {
  switch (code) {
    case "configuration-invalid":
    case "wasm-blocked":
    case "network-unreachable":
    case "client-function-not-found":
    case "client-function-failed":
    case "client-function-timeout":
    case "token-not-provided":
      return "page";
    case "token-malformed":
    case "token-algorithm-unsupported":
    case "token-key-unknown":
    case "token-key-expired":
    case "token-signature-invalid":
    case "token-claim-missing":
    case "token-claim-invalid":
    case "token-expired":
    case "token-not-yet-valid":
    case "token-context-invalid":
    case "token-replayed":
      return "token";
    case "keys-unavailable":
    case "keys-invalid":
    case "widget-not-found":
    case "conversation-not-found":
    case "not-found":
    case "origin-not-allowed":
    case "rate-limited":
    case "session-expired":
    case "sign-in-required":
    case "forbidden":
    case "invalid-request":
    case "conflict":
    case "payload-too-large":
    case "unavailable":
    case "internal":
      return "server";
  }
}

/** Never called: only its types count. */
export function typed(chat: Chat, element: HTMLElementTagNameMap["bonafide-chat"]): void {
  const started: Promise<Started> = chat.start();
  const sent: Promise<MessageView> = chat.send("Hi");
  chat.on("error", (error: ChatError) => stage(error.code));
  // @ts-expect-error there is no such event
  chat.on("eror", () => {});
  // @ts-expect-error a message is not an error
  chat.on("message", (error: ChatError) => error);
  element.addEventListener("started", (event) => event.detail.authenticated satisfies boolean);
  element.addEventListener("error", (event) => stage(event.detail.code));
  // @ts-expect-error context holds primitives
  chat.setContext({ cart: { total: 1 } });
  const providers: GetToken[] = [async () => "token", (callback) => callback(null, new Error("no session")), () => undefined];
  void [started, sent, providers];
}

it("every code has a stage", () => {
  expect(stage("token-expired")).toBe("token");
});
