// An alert as the person meets it: the tone, and the desktop's notification. A notification names the visitor and the queue;
// what was written only where the person wants it, as others may see the screen.
import { chime } from "../../../../js/src/sound/tone";
import type { AgentConversation } from "../../api/types";
import { type AlertSettings, isQueueOn } from "./settings";
import type { News } from "./news";
import { visitorName } from "../visitorName";

/** What a notification says. */
export interface Notice {
  title: string;
  body: string;
  /** A later notice with the same tag takes the place of this one. */
  tag: string;
  /** What a click opens, if it is one conversation. */
  conversation?: string;
}

/** Sounds and shows what the person wants. */
export function raise(notices: readonly Notice[], settings: AlertSettings, open: (conversation: string) => void): void {
  if (notices.length === 0) return;
  if (settings.hasSound) void chime().catch(() => {});
  if (settings.hasDesktop) for (const notice of notices) showNotice(notice, open);
}

/** The notices for what is new in the queues that are on. */
export function noticesFor({ waiting, given, written, offered }: News, settings: AlertSettings): Notice[] {
  const isOn = ({ queue }: AgentConversation) => isQueueOn(settings, queue.id);
  const text = ({ lastText }: AgentConversation) => (settings.showsText && lastText ? `: ${lastText}` : "");
  const came = waiting.filter(isOn);
  const [only] = came;
  const arrivals: Notice[] =
    only === undefined
      ? []
      : came.length === 1
        ? [{ title: `New chat: ${visitorName(only)}`, body: `${only.queue.name}${text(only)}`, tag: "bonafide:waiting", conversation: only.id }]
        : [{ title: `${came.length} new chats`, body: [...new Set(came.map(({ queue }) => queue.name))].join(", "), tag: "bonafide:waiting" }];
  const gifts = given.filter(isOn).map((conversation) => ({
    title: `Chat given to you: ${visitorName(conversation)}`,
    body: `${conversation.queue.name}${text(conversation)}`,
    tag: `bonafide:${conversation.id}`,
    conversation: conversation.id,
  }));
  const messages = written.filter(isOn).map((conversation) => ({
    title: visitorName(conversation),
    body: settings.showsText && conversation.lastText ? conversation.lastText : `New message · ${conversation.queue.name}`,
    tag: `bonafide:${conversation.id}`,
    conversation: conversation.id,
  }));
  // A colleague waits for an answer: that is told whatever the queue.
  const offers = offered.map((conversation) => ({
    title: `${conversation.offer?.by.name ?? "A colleague"} offers you a chat`,
    body: `${visitorName(conversation)} · ${conversation.queue.name}`,
    tag: `bonafide:offer:${conversation.id}`,
    conversation: conversation.id,
  }));
  return [...offers, ...arrivals, ...gifts, ...messages];
}

/** Shows a notification; false where the browser shows none. */
export function showNotice({ title, body, tag, conversation }: Notice, open: (conversation: string) => void): boolean {
  if (permission() !== "granted") return false;
  try {
    // `renotify`: the next chat is told of like the first one, though it takes its place.
    const notification = new Notification(title, { body, tag, icon: "/icon.svg", renotify: true } as NotificationOptions);
    notification.addEventListener("click", () => {
      window.focus();
      notification.close();
      if (conversation !== undefined) open(conversation);
    });
    return true;
  } catch {
    // Chrome on Android has them for installed pages only.
    return false;
  }
}

/** Whether this browser shows notifications of this page; `unsupported` where it cannot. */
export function permission(): NotificationPermission | "unsupported" {
  return typeof Notification === "undefined" || !window.isSecureContext ? "unsupported" : Notification.permission;
}
