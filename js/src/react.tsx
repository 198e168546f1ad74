/**
 * `@bonafide/chat/react`: the element as a component, and a hook for those who draw the chat themselves. React is a peer
 * dependency; nothing is loaded on a server.
 */
import { createElement, forwardRef, useEffect, useImperativeHandle, useMemo, useRef, useSyncExternalStore } from "react";
import { Chat, type ChatOptions } from "./chat/chat";
import type { BonafideChatElement } from "./element/element";
import { connectEngine } from "./engine/load";
import type { GetToken, MessageView, Started, TokenCallback, View } from "./engine/pkg/bonafide_widget";
import type { ChatError } from "./errors";
import { AbortController, assign, defineProperty, entries } from "./natives";
import type { Words } from "./strings/en";

/** Properties of `<BonafideChat>`: the element's attributes, and its events as callbacks. */
export interface BonafideChatProps {
  readonly widget: string;
  readonly server: string;
  readonly lang?: string;
  readonly position?: "start" | "end";
  readonly theme?: "auto" | "light" | "dark" | "system";
  readonly accentColor?: string;
  readonly launcher?: "none";
  readonly sound?: boolean;
  readonly debug?: boolean;
  readonly getToken?: GetToken;
  readonly strings?: Words;
  readonly onReady?: () => void;
  readonly onOpened?: () => void;
  readonly onClosed?: () => void;
  readonly onStarted?: (started: Started) => void;
  readonly onAuthenticated?: () => void;
  readonly onMessage?: (message: MessageView) => void;
  readonly onEnded?: () => void;
  readonly onError?: (error: ChatError) => void;
  /** Return `false` to say that the page takes care of the sign-in; else the chat asks for a token again. */
  readonly onSignIn?: () => unknown;
}

const EVENTS = {
  ready: "onReady",
  opened: "onOpened",
  closed: "onClosed",
  started: "onStarted",
  authenticated: "onAuthenticated",
  message: "onMessage",
  ended: "onEnded",
  error: "onError",
  "sign-in": "onSignIn",
} as const satisfies Record<string, keyof BonafideChatProps>;

/** The chat with its launcher and panel. It sits in a corner of the window, wherever it stands in the tree. */
export const BonafideChat = forwardRef<BonafideChatElement | null, BonafideChatProps>(function BonafideChat(props, ref) {
  const element = useRef<BonafideChatElement>(null);
  const latest = useRef(props);
  latest.current = props;
  useImperativeHandle<BonafideChatElement | null, BonafideChatElement | null>(ref, () => element.current, []);

  useEffect(() => {
    void import("./element");
    const target = element.current;
    if (!target) return;
    const controller = new AbortController();
    for (const [type, name] of entries(EVENTS)) {
      const listener = (event: Event) => {
        const handler = latest.current[name] as ((detail: unknown) => unknown) | undefined;
        if (handler?.((event as CustomEvent).detail) === false) event.preventDefault();
      };
      target.addEventListener(type, listener, { signal: controller.signal });
    }
    return () => controller.abort();
  }, []);

  const getToken = useLatest(props.getToken);
  const { strings } = props;
  useEffect(() => {
    if (element.current) assign(element.current, { getToken, strings });
  }, [getToken, strings]);

  return createElement("bonafide-chat", {
    ref: element,
    widget: props.widget,
    server: props.server,
    lang: props.lang,
    position: props.position,
    theme: props.theme,
    "accent-color": props.accentColor,
    launcher: props.launcher,
    // Not as texts: once the element is defined, React sets properties, and an empty text is none.
    sound: props.sound || undefined,
    debug: props.debug || undefined,
  });
});

/** What `useChat` gives: the chat, and its state as of this render. */
export interface UseChat {
  readonly chat: Chat;
  readonly view: Readonly<View>;
  readonly messages: readonly MessageView[];
}

/** A chat without a face, for as long as the component is mounted. A new one when `server` or `widget` changes. */
export function useChat({ server, widget, getToken, storage }: ChatOptions): UseChat {
  const provider = useLatest(getToken);
  const chat = useMemo(() => new Chat({ server, widget, storage, getToken: provider }, connectEngine), [server, widget, storage, provider]);
  useEffect(() => {
    chat.resume();
    return () => chat.dispose();
  }, [chat]);
  const view = useSyncExternalStore(
    (changed) => chat.on("view", changed),
    () => chat.view,
    () => chat.view,
  );
  const messages = useSyncExternalStore(
    (changed) => chat.on("messages", changed),
    () => chat.messages,
    () => chat.messages,
  );
  return { chat, view, messages };
}

/**
 * One function for as long as there is one, that calls the one of the last render: a component makes a new one each time it
 * is drawn, while the chat keeps what it is given for all renewals. It tells of as many parameters as the one it calls, by
 * which the chat knows whether a promise of nothing is an answer.
 */
function useLatest(getToken: GetToken | undefined): GetToken | undefined {
  const latest = useRef(getToken);
  latest.current = getToken;
  const isGiven = Boolean(getToken);
  return useMemo(() => {
    const call = (callback: TokenCallback) => latest.current?.(callback);
    defineProperty(call, "length", { get: () => latest.current?.length ?? 0 });
    return isGiven ? call : undefined;
  }, [isGiven]);
}
