// What the packed package's types accept and refuse: options, methods, events and errors of a chat without a face.

import { type Chat, type ChatErrorDetail, ChatError, type ChatOptions, type Context, type ErrorCode, type GetToken, createChat } from "@bonafide/chat";
import type { ChatEvents, HeadlessEvents, MessageView, Started, View } from "@bonafide/chat";

/** Whether two types are the same, `any` and missing properties included. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Compiles only when all of them are `true`. */
const holds = <T extends true[]>(..._facts: T | []) => {};

const required = { server: "https://chat.example.com", widget: "wgt_1" };

// Options.
const chat: Chat = createChat(required);
createChat({ ...required, storage: "none" });
createChat({ ...required, getToken: async () => "token" });
createChat({ ...required, getToken: async () => null });
createChat({ ...required, getToken: () => Promise.resolve(undefined) });
createChat({ ...required, getToken: (callback) => callback("token") });
createChat({ ...required, getToken: (callback) => callback(null, new Error("no session")) });
// @ts-expect-error a chat has a server
createChat({ widget: "wgt_1" });
// @ts-expect-error a chat has a widget
createChat({ server: "https://chat.example.com" });
// @ts-expect-error there is no such place to keep a session
createChat({ ...required, storage: "local" });
// @ts-expect-error a token is a text
createChat({ ...required, getToken: async () => 42 });
// @ts-expect-error the name of a function is the administrator's to give
createChat({ ...required, getToken: "auth.getAuthenticationToken" });
// @ts-expect-error no such option
createChat({ ...required, token: "e30.e30.AA" });
holds<[Same<keyof ChatOptions, "server" | "widget" | "getToken" | "storage">]>();
holds<[Same<Parameters<GetToken>[0], (token: string | null | undefined, error?: unknown) => void>]>();

// Methods.
holds<[Same<ReturnType<Chat["start"]>, Promise<Started>>]>();
holds<[Same<ReturnType<Chat["send"]>, Promise<MessageView>>]>();
holds<[Same<ReturnType<Chat["authenticate"] | Chat["end"] | Chat["signOut"]>, Promise<void>>]>();
holds<[Same<Chat["view"], Readonly<View>>]>();
holds<[Same<Chat["messages"], readonly MessageView[]>]>();
chat.setContext({ cart: 10_000, vip: false, page: "basket" } satisfies Context);
// @ts-expect-error context holds texts, numbers and booleans
chat.setContext({ cart: { total: 1 } });
// @ts-expect-error what is read is not written
chat.view = chat.view;
// @ts-expect-error nor changed
chat.view.phase = "idle";
// @ts-expect-error nor added to
chat.messages.push(chat.messages[0]);

// Events: each has its own payload.
chat.on("started", ({ conversation, authenticated }) => holds<[Same<typeof conversation, string>, Same<typeof authenticated, boolean>]>());
chat.on("message", (message) => holds<[Same<typeof message, MessageView>]>());
chat.on("error", (error) => holds<[Same<typeof error, ChatError>]>());
chat.on("authenticated", (nothing) => holds<[Same<typeof nothing, null>]>());
chat.on("messages", (messages) => holds<[Same<typeof messages, readonly MessageView[]>]>());
const stop: () => void = chat.on("view", (view) => holds<[Same<typeof view, Readonly<View>>]>());
stop();
// @ts-expect-error there is no such event
chat.on("eror", () => {});
// @ts-expect-error a message is not an error
chat.on("message", (error: ChatError) => error);
holds<[Same<keyof ChatEvents, "ready" | "started" | "authenticated" | "message" | "ended" | "error" | "sign-in">]>();
holds<[Same<Exclude<keyof HeadlessEvents, keyof ChatEvents>, "view" | "messages" | "agent-typing" | "cleared" | "left">]>();

// Errors: a closed set, so that a `switch` needs no default and a forgotten code does not compile.
export function advice(code: ErrorCode): string {
  switch (code) {
    case "configuration-invalid":
    case "wasm-blocked":
    case "network-unreachable":
      return "the page";
    case "client-function-not-found":
    case "client-function-failed":
    case "client-function-timeout":
    case "token-not-provided":
      return "the page's function";
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
      return "the token";
    case "keys-unavailable":
    case "keys-invalid":
      return "the published keys";
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
      return "the server";
  }
}
export function forgetful(code: "token-expired" | "internal"): string {
  switch (code) {
    case "token-expired":
      return "the token";
    default:
      // @ts-expect-error one code is left
      code satisfies never;
      return "the server";
  }
}
// @ts-expect-error there is no such code
advice("token-stale");

const error = new ChatError({ code: "token-expired", message: "It expired.", retryable: true });
holds<[Same<(typeof error)["code"], ErrorCode>, Same<(typeof error)["retryable"], boolean>]>();
export const asError: Error = error;
export const asData: ChatErrorDetail = error.toJSON();
// @ts-expect-error a code is for reading
error.code = "internal";
