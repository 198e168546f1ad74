/**
 * The words of the panel in English, which are built in, and the shape that every other language fills. They speak to
 * visitors: no codes, no blame, and always what to do next.
 */
import type { LauncherName } from "../element/launcher-words";

/** The panel's words. `{name}` and `{n}` are filled in. */
export const en = {
  title: "Chat",
  minimise: "Close chat window",
  end: "End chat",
  endAsk: "End this chat?",
  endNote: "You can still read it afterwards.",
  keep: "Keep chatting",
  loading: "One moment…",
  authenticating: "Confirming your sign-in…",
  starting: "Connecting you…",
  waiting: "Waiting for an agent",
  next: "You are next in line",
  position: "You are number {n} in line",
  agent: "Agent",
  joined: "You are chatting with {name}",
  ended: "This chat has ended",
  again: "Start a new chat",
  signedIn: "Signed in",
  lapsed: "Your sign-in has expired. You can read on; sign in again to be recognised.",
  renew: "Sign in again",
  signInTitle: "Please sign in to chat",
  signInText: "So that we know it is you, and can help.",
  signIn: "Sign in",
  placeholder: "Write a message…",
  send: "Send",
  left: "{n} characters left",
  over: "{n} characters too long",
  you: "You",
  log: "Messages",
  sending: "Sending…",
  sent: "Sent",
  read: "Read",
  failed: "Not sent",
  retry: "Try again",
  typing: "{name} is typing",
  fresh: "New messages",
  reconnecting: "Reconnecting…",
  offline: "No connection. Your messages will be sent when it is back.",
  slow: "Answers may take a little longer.",
  code: "Code",
  // What failed, as a title and what to do about it.
  networkTitle: "We can’t reach the chat",
  network: "Please check your connection and try again.",
  pageTitle: "We couldn’t confirm your sign-in",
  page: "This page did not tell us who you are. Reload it and try again.",
  tokenTitle: "We couldn’t confirm your sign-in",
  token: "Please sign out and in again, then try again.",
  expiredTitle: "Your sign-in has expired",
  expired: "Please sign in again, then try again.",
  keysTitle: "We couldn’t confirm your sign-in",
  keys: "This is on our side. Please try again in a few minutes.",
  setupTitle: "Chat isn’t available here",
  setup: "Please contact us another way while we look into it.",
  sessionTitle: "This chat has ended",
  session: "It was ended or signed out. You can start a new one.",
  busyTitle: "Too many requests",
  busy: "Please try again in a moment.",
  serverTitle: "Something went wrong on our side",
  server: "Please try again in a moment.",
  outdatedTitle: "This page is out of date",
  outdated: "Please reload it to chat.",
};

/** The words of one language. */
export type Strings = Readonly<Record<keyof typeof en, string>>;

/** Words of a page's own: of the panel, of the launcher, and that nobody is there. Those that are not given are the built-in ones. */
export type Words = Partial<Strings & Readonly<Record<LauncherName | "nobody", string>>>;
