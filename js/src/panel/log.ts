/**
 * The conversation: messages in groups, their times and how far they got. New messages are announced politely; what
 * only changes (sent, read) is not, or every message would be read three times. A long one is drawn at once: of each message
 * only what has changed, and far from what is seen the browser lays nothing out.
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
/** How far apart neighbours of one group may be, in milliseconds. */
const GROUP_MS = 300_000;
/** From how many messages on rows that are not seen are not laid out. Below, it would cost more than it saves. */
const MANY = 100;

interface Row {
  readonly root: HTMLElement;
  readonly meta: HTMLElement;
  message: MessageView;
  /** When it was sent, in milliseconds; not a number until it is. */
  at: number;
  /** The day of that, which is today's until then. */
  day: string;
  /** What of its neighbours and its delivery is drawn. */
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
    const rows = this.#rows;
    const isPutBack = messages.length - rows.size > 2;
    if (isPutBack) this.#hush();
    this.root.classList.toggle("many", messages.length > MANY);
    const newestOwn = messages.filter(({ from }) => from === "visitor").at(-1);
    let isNew = false;
    let before: Row | undefined;
    let isFirst = true;
    let newDay = "";
    const finish = (isLast: boolean) => {
      if (before) this.#finish(before, isFirst, isLast, newDay, before.message === newestOwn);
    };
    let day = new Date().toDateString();
    for (const message of messages) {
      let row = rows.get(message.clientId);
      if (!row) {
        row = this.#row(message);
        if (!isPutBack) row.root.classList.add("fresh");
        rows.set(message.clientId, row);
        isNew = true;
      }
      if (row.message !== message || !row.day) date(row, message);
      const isJoined = before && sameHand(before, row);
      finish(!isJoined);
      newDay = row.day === day ? "" : row.day;
      day = row.day;
      isFirst = Boolean(newDay) || !isJoined;
      const place: Element | null = before ? before.root.nextElementSibling : this.root.firstElementChild;
      if (place !== row.root) this.root.insertBefore(row.root, place);
      before = row;
    }
    finish(true);
    if (rows.size > messages.length) this.#forget(new Set(messages.map(({ clientId }) => clientId)));
    return isNew;
  }

  /** Ends its timer. */
  dispose(): void {
    clearTimeout(this.#timer);
  }

  #forget(kept: ReadonlySet<string>): void {
    for (const [id, row] of this.#rows) {
      if (kept.has(id)) continue;
      row.root.remove();
      this.#rows.delete(id);
    }
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
    const name = own
      ? h("span", { class: "quiet" }, strings.you)
      : h("bdi", { class: "name", part: "name" }, agentName(message.name, strings));
    const bubble = h("div", { class: "bubble", part: "bubble", dir: "auto" }, ...richText(message.text));
    const meta = h("div", { class: "meta", part: "meta", "aria-live": "off" });
    const root = h("div", { class: own ? "row own" : "row", part: own ? "message own" : "message" }, name, bubble, meta);
    return { root, meta, message, at: NaN, day: "", drawn: "" };
  }

  /** Draws what of a row depends on its neighbours, and how far its message got; where that has changed. */
  #finish(row: Row, isFirst: boolean, isLast: boolean, newDay: string, isNewestOwn: boolean): void {
    const { root, meta, message } = row;
    const { delivery, sentAt, clientId } = message;
    const drawn = `${isFirst}${isLast}${newDay}${isNewestOwn}${delivery}${sentAt}`;
    if (row.drawn === drawn) return;
    row.drawn = drawn;
    root.classList.toggle("first", isFirst);
    root.classList.toggle("last", isLast);
    root.setAttribute("data-delivery", delivery);
    root.querySelector(".day")?.remove();
    if (newDay) root.prepend(h("div", { class: "day" }, this.#writeDay(newDay)));
    const { strings } = this.#language;
    if (delivery === "failed") {
      const onclick = () => this.#retry(clientId);
      fill(meta, strings.failed, " · ", action(strings.retry, onclick, "text"));
      return;
    }
    const time = isLast && sentAt && h("time", { datetime: sentAt }, this.#writeTime(row.at));
    const state = isLast && isNewestOwn && strings[delivery];
    fill(meta, time, time && state ? " · " : null, state);
  }

  // Made when they are first needed: to make one takes a slow computer longer than to draw the whole panel.
  #writeTime(at: number): string {
    this.#time ??= new Intl.DateTimeFormat(this.#language.tag, { hour: "numeric", minute: "2-digit" });
    return this.#time.format(at);
  }

  #writeDay(day: string): string {
    this.#date ??= new Intl.DateTimeFormat(this.#language.tag, { weekday: "long", day: "numeric", month: "long" });
    return this.#date.format(new Date(day));
  }
}

/** Takes a message's place in time. */
function date(row: Row, message: MessageView): void {
  row.message = message;
  row.at = Date.parse(message.sentAt ?? "");
  row.day = (message.sentAt ? new Date(row.at) : new Date()).toDateString();
}

/** Whether two neighbours belong to one group: the same author, within five minutes, or one that is not sent yet. */
function sameHand({ message: a, at }: Row, { message: b, at: then }: Row): boolean {
  return a.from === b.from && a.name === b.name && !(then - at >= GROUP_MS);
}
