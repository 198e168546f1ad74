/**
 * The conversation: messages in groups, their times and how far they got. New messages are announced politely; what
 * only changes (sent, read) is not, or every message would be read three times.
 */
import { fill, h } from "../element/dom";
import type { MessageView } from "../engine/pkg/bonafide_widget";
import { clearTimeout, Map, Set, setTimeout } from "../natives";
import type { Language } from "../strings/strings";
import { action } from "./card";
import { richText } from "./rich-text";
import { agentName } from "./status";

/** For how long messages that are put back are not news, in milliseconds: until assistive technology has looked at them. */
const QUIET_MS = 500;

interface Row {
  readonly root: HTMLElement;
  readonly day: HTMLElement;
  readonly name: HTMLElement;
  readonly meta: HTMLElement;
  drawn: string;
}

/** The list of messages. */
export class Log {
  readonly root: HTMLElement;
  readonly #language: Language;
  readonly #retry: (clientId: string) => void;
  readonly #rows = new Map<string, Row>();
  #time: Intl.DateTimeFormat | undefined;
  #date: Intl.DateTimeFormat | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(language: Language, retry: (clientId: string) => void) {
    this.#language = language;
    this.#retry = retry;
    this.root = h("div", { class: "rows", role: "log", "aria-label": language.strings.log });
  }

  /** Draws all messages. Says whether one is new. */
  draw(messages: readonly MessageView[]): boolean {
    if (messages.length - this.#rows.size > 2) this.#hush();
    let newestOwn = messages.length;
    while (newestOwn && messages[--newestOwn]?.from !== "visitor");
    const kept = new Set<string>();
    let isNew = false;
    let last: Element | undefined;
    let day = new Date().toDateString();
    messages.forEach((message, index) => {
      kept.add(message.clientId);
      let row = this.#rows.get(message.clientId);
      if (!row) {
        row = this.#row(message);
        this.#rows.set(message.clientId, row);
        isNew = true;
      }
      const before = messages[index - 1];
      const after = messages[index + 1];
      const sent = message.sentAt ? new Date(message.sentAt) : new Date();
      const newDay = sent.toDateString() !== day;
      day = sent.toDateString();
      row.root.classList.toggle("first", newDay || !before || !sameHand(before, message));
      row.root.classList.toggle("last", !after || !sameHand(message, after));
      row.day.textContent = newDay ? this.#writeDay(sent) : "";
      this.#meta(row, message, index === newestOwn);
      const place: Element | null = last ? last.nextElementSibling : this.root.firstElementChild;
      if (place !== row.root) this.root.insertBefore(row.root, place);
      last = row.root;
    });
    for (const [id, row] of this.#rows) {
      if (kept.has(id)) continue;
      row.root.remove();
      this.#rows.delete(id);
    }
    return isNew;
  }

  // Made when they are first needed: to make one takes a slow computer longer than to draw the whole panel.
  #writeTime(sentAt: string): string {
    this.#time ??= new Intl.DateTimeFormat(this.#language.tag, { hour: "numeric", minute: "2-digit" });
    return this.#time.format(new Date(sentAt));
  }

  #writeDay(day: Date): string {
    this.#date ??= new Intl.DateTimeFormat(this.#language.tag, { weekday: "long", day: "numeric", month: "long" });
    return this.#date.format(day);
  }

  /** Ends its timer. */
  dispose(): void {
    clearTimeout(this.#timer);
  }

  /** A transcript that is put back is not read out. */
  #hush(): void {
    clearTimeout(this.#timer);
    this.root.ariaBusy = "true";
    this.#timer = setTimeout(() => {
      this.root.ariaBusy = "false";
    }, QUIET_MS);
  }

  #row(message: MessageView): Row {
    const { strings } = this.#language;
    const own = message.from === "visitor";
    const day = h("div", { class: "day" });
    const name = own
      ? h("span", { class: "quiet" }, strings.you)
      : h("bdi", { class: "name", part: "name" }, agentName(message.name, strings));
    const bubble = h("div", { class: "bubble", part: "bubble", dir: "auto" }, ...richText(message.text));
    const meta = h("div", { class: "meta", part: "meta", "aria-live": "off" });
    const root = h("div", { class: own ? "row own" : "row", part: own ? "message own" : "message" }, day, name, bubble, meta);
    return { root, day, name, meta, drawn: "" };
  }

  #meta(row: Row, message: MessageView, isNewestOwn: boolean): void {
    const { delivery, sentAt, clientId } = message;
    const { strings } = this.#language;
    const wanted = `${delivery}${sentAt}${isNewestOwn}`;
    if (row.drawn === wanted) return;
    row.drawn = wanted;
    row.root.dataset.delivery = delivery;
    if (delivery === "failed") {
      const onclick = () => this.#retry(clientId);
      fill(row.meta, strings.failed, " · ", action(strings.retry, onclick, "text"));
      return;
    }
    const time = sentAt && h("time", { datetime: sentAt }, this.#writeTime(sentAt));
    const state = message.from === "visitor" && isNewestOwn && strings[delivery];
    fill(row.meta, time, time && state ? " · " : null, state);
  }
}

/** Whether two neighbours belong to one group: the same author, within five minutes. */
function sameHand(a: MessageView, b: MessageView): boolean {
  if (a.from !== b.from || a.name !== b.name) return false;
  return !a.sentAt || !b.sentAt || Date.parse(b.sentAt) - Date.parse(a.sentAt) < 300_000;
}
