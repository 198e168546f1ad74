// What the packed package's types accept and refuse of the element and of the React component.

import type { ChatError, ElementEvents, MessageView, Started } from "@bonafide/chat";
import { BonafideChat, type BonafideChatProps, useChat } from "@bonafide/chat/react";
import "@bonafide/chat/element";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true[]>(..._facts: T | []) => {};

// The element, wherever the DOM's own types find it.
const element = document.createElement("bonafide-chat");
holds<[Same<typeof element, HTMLElementTagNameMap["bonafide-chat"]>]>();
element.addEventListener("started", ({ detail }) => holds<[Same<typeof detail, Started>]>());
element.addEventListener("message", ({ detail }) => holds<[Same<typeof detail, MessageView>]>());
element.addEventListener("error", ({ detail }) => holds<[Same<typeof detail, ChatError>]>());
element.addEventListener("sign-in", (event) => event.preventDefault());
// An event that is not the chat's is the page's own affair.
element.addEventListener("click", (event) => event.preventDefault());
const started: Promise<Started> = element.start();
void [started, element.open(), element.close(), element.end(), element.authenticate(), element.signOut()];
element.setContext({ cart: 10_000 });
element.getToken = async () => "token";
element.strings = { title: "Support" };
// @ts-expect-error there are no such words
element.strings = { titel: "Support" };
// @ts-expect-error a token is a text
element.getToken = async () => 42;
// @ts-expect-error it is opened by a method
element.isOpen = true;
holds<[Same<Exclude<keyof ElementEvents, "opened" | "closed">, "ready" | "started" | "authenticated" | "message" | "ended" | "error" | "sign-in">]>();

// The component.
const required = { widget: "wgt_1", server: "https://chat.example.com" };
export const minimal = <BonafideChat {...required} />;
export const full = (
  <BonafideChat
    {...required}
    lang="de"
    position="start"
    theme="dark"
    accentColor="#0b6b5f"
    launcher="none"
    debug
    getToken={(callback) => callback("token")}
    strings={{ title: "Support" }}
    ref={(chat) => void chat?.open()}
    onReady={() => {}}
    onOpened={() => {}}
    onClosed={() => {}}
    onStarted={(detail) => holds<[Same<typeof detail, Started>]>()}
    onAuthenticated={() => {}}
    onMessage={(detail) => holds<[Same<typeof detail, MessageView>]>()}
    onEnded={() => {}}
    onError={(detail) => holds<[Same<typeof detail, ChatError>]>()}
    onSignIn={() => false}
  />
);
// @ts-expect-error a chat has a server
export const withoutServer = <BonafideChat widget="wgt_1" />;
// @ts-expect-error there are two corners
export const inTheMiddle = <BonafideChat {...required} position="middle" />;
// @ts-expect-error no such property
export const misspelt = <BonafideChat {...required} onStart={() => {}} />;
holds<[Same<BonafideChatProps["position"], "start" | "end" | undefined>]>();

// The hook.
export function Drawn() {
  const { chat, view, messages } = useChat(required);
  return (
    <button type="button" disabled={view.phase !== "idle"} onClick={() => void chat.start()}>
      {messages.length}
    </button>
  );
}
