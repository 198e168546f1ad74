/**
 * The open chat: puts header, conversation and composer together, draws the engine's state, and looks after focus and
 * keyboard. On a phone it is a modal dialog over the whole screen, elsewhere a window beside the page.
 */
import { type Chat, isRunning } from "../chat/chat";
import { adopt, fill, h, icon, say } from "../element/dom";
import type { MessageView } from "../generated/MessageView";
import type { View } from "../generated/View";
import { pageLanguage } from "../locale";
import type { Strings } from "../strings/en";
import { failureWords } from "../strings/failures";
import { fillIn, type Language, loadLanguage } from "../strings/strings";
import { action, failureCard, signInCard } from "./card";
import { Composer } from "./composer";
import { Header } from "./header";
import { DOWN } from "./icons";
import { Log } from "./log";
import css from "./panel.css?inline";
import { richText } from "./rich-text";
import { agentName, canWrite, isBusy, queueLine, statusLine } from "./status";

// Captured when this is loaded: a page may put something else in their place.
const { clearTimeout, setTimeout } = globalThis;

/** What the panel is given by its element. */
export interface PanelHost {
  readonly chat: Chat;
  readonly server: string;
  readonly element: HTMLElement & { readonly strings: Partial<Strings>; readonly getToken: unknown };
  readonly root: ShadowRoot;
  readonly base: HTMLElement;
  /** Puts the panel away. */
  close(): void;
  /** Tells the page that the visitor wants to sign in; `false` when the page takes care of it. */
  signIn(): boolean;
}

const PHONE = "(max-width: 480px), (max-height: 420px)";
/** How long the agent is shown as typing after each sign of it, in milliseconds. */
const TYPING_MS = 5_000;

/** The panel. */
export class Panel {
  readonly #host: PanelHost;
  readonly #stops: (() => void)[] = [];
  #language!: Language;
  #dialog: HTMLDialogElement | undefined;
  #header!: Header;
  #log!: Log;
  #composer!: Composer;
  readonly #banner = h("div", { class: "banner", part: "banner" });
  readonly #greeting = h("div", { class: "bubble", part: "greeting", dir: "auto" });
  readonly #note = h("p", { class: "note", part: "note" });
  readonly #dots = h("div", { class: "dots", part: "typing", role: "img", hidden: true }, h("i"), h("i"), h("i"));
  readonly #card = h("div", { class: "stage" });
  readonly #foot = h("div", { class: "foot" });
  readonly #status = h("div", { class: "quiet", role: "status" });
  #scroll!: HTMLElement;
  #pill!: HTMLButtonElement;
  #shown = false;
  #asksToEnd = false;
  #keepsDraft = false;
  #footer = "";
  #stage = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: PanelHost) {
    this.#host = host;
    const { chat } = host;
    this.#stops.push(
      chat.on("view", (view) => this.#draw(view)),
      chat.on("messages", (messages) => this.#list(messages)),
      chat.on("agent-typing", () => this.#typing(true)),
      chat.on("cleared", () => this.#forget()),
    );
  }

  /** Puts the panel on the screen; `focus` when the visitor asked for it. */
  async show(focus: boolean): Promise<void> {
    this.#shown = true;
    if (!this.#dialog) await this.translate();
    const dialog = this.#dialog;
    if (!this.#shown || !dialog || dialog.open) return;
    // `show()` would take the focus from whatever the visitor is doing in the page.
    if (matchMedia(PHONE).matches) dialog.showModal();
    else dialog.setAttribute("open", "");
    this.#composer.draw(canWrite(this.#host.chat.view));
    this.#toEnd();
    if (focus) this.#focus();
  }

  /** Takes it off the screen, and keeps it. */
  hide(): void {
    this.#shown = this.#asksToEnd = false;
    if (this.#dialog?.open) this.#dialog.close();
  }

  /** Builds it (again) in the page's language. */
  async translate(): Promise<void> {
    const { element } = this.#host;
    const language = await loadLanguage(pageLanguage(element), element.strings);
    const wasOpen = this.#dialog?.open;
    this.#dialog?.remove();
    this.#language = language;
    this.#footer = this.#stage = "";
    this.#build();
    if (wasOpen) await this.show(false);
  }

  /** Ends timers and listeners and leaves the page as it was. */
  dispose(): void {
    clearTimeout(this.#timer);
    for (const stop of this.#stops) stop();
    this.#dialog?.remove();
  }

  #build(): void {
    const { chat, root, base, close } = this.#host;
    const { strings, tag, direction } = this.#language;
    adopt(root, css);
    this.#header = new Header(strings, () => this.#askToEnd(true), close);
    this.#log = new Log(this.#language, (clientId) => chat.retry(clientId));
    this.#composer = new Composer(chat, strings, () => this.#toEnd());
    const greeting = h("div", { class: "row greeting" }, this.#greeting);
    this.#scroll = h(
      "div",
      {
        class: "scroll",
        part: "log",
        tabindex: 0,
        role: "group",
        "aria-label": strings.log,
        onscroll: () => this.#scrolled(),
      },
      h("div", { class: "talk" }, greeting, this.#log.root, this.#dots, this.#note),
      this.#card,
    );
    this.#pill = h(
      "button",
      { type: "button", class: "pill", part: "pill", hidden: true, onclick: () => this.#toEnd() },
      icon(DOWN),
      strings.fresh,
    );
    const middle = h("div", { class: "middle" }, this.#scroll, this.#pill);
    this.#dialog = h(
      "dialog",
      {
        class: "panel",
        part: "panel",
        tabindex: -1,
        "aria-labelledby": "title",
        onkeydown: (event: KeyboardEvent) => this.#key(event),
        oncancel: (event: Event) => {
          event.preventDefault();
          close();
        },
      },
      h("div", { class: "inner", lang: tag, dir: direction }, this.#header.root, this.#banner, middle, this.#foot, this.#status),
    );
    base.append(this.#dialog);
    this.#list(chat.messages);
    this.#draw(chat.view);
  }

  #draw(view: View): void {
    if (!this.#dialog) return;
    const { strings } = this.#language;
    const atEnd = this.#isAtEnd();
    if (!isRunning(view)) this.#asksToEnd = false;
    this.#dialog.classList.toggle("busy", isBusy(view));
    const greeting = view.appearance?.greeting;
    if (greeting !== this.#greeting.dataset.text) {
      this.#greeting.dataset.text = greeting ?? "";
      fill(this.#greeting, ...richText(greeting ?? ""));
    }
    this.#header.draw(view);
    this.#drawBanner(view);
    say(this.#note, queueLine(view, strings));
    this.#dots.setAttribute("aria-label", fillIn(strings.typing, agentName(view.agent, strings)));
    if (view.phase !== "active") this.#typing(false);
    this.#keepFocus(() => {
      this.#drawStage(view);
      this.#drawFoot(view);
    });
    this.#composer.draw(canWrite(view));
    this.#announce(view);
    if (atEnd) this.#toEnd();
  }

  /** What the card shows stands in place of the conversation. */
  #drawStage(view: View): void {
    const { strings } = this.#language;
    const { chat } = this.#host;
    const failure = view.phase === "failed" ? view.error : null;
    const stage = view.phase === "sign-in-needed" ? "sign-in" : failure ? `${failure.code}${failure.requestId}` : "";
    if (stage === this.#stage) return;
    this.#stage = stage;
    const retry = () => void chat.start();
    const signIn = () => this.#host.signIn() && retry();
    fill(this.#card, stage === "sign-in" ? signInCard(strings, signIn) : failure && failureCard(strings, failure, retry));
    this.#dialog?.classList.toggle("staged", stage !== "");
  }

  #drawFoot(view: View): void {
    const { strings } = this.#language;
    const { chat } = this.#host;
    const over = view.error ? failureWords(strings, view.error.code).join(". ") : strings.ended;
    const footer = this.#asksToEnd ? "ask" : view.phase === "ended" ? over : this.#stage ? "" : "composer";
    if (footer === this.#footer) return;
    this.#footer = footer;
    if (footer === "composer") fill(this.#foot, this.#composer.root);
    else if (view.phase === "ended") {
      const again = action(strings.again, () => this.#again());
      fill(this.#foot, h("div", { class: "over", part: "ended" }, h("p", null, over), again));
    } else if (footer === "ask") {
      const end = action(strings.end, () => void chat.end(), "button danger");
      const stay = action(strings.keep, () => this.#askToEnd(false), "button plain");
      const words = h("p", { id: "ask" }, h("b", null, strings.endAsk), " ", strings.endNote);
      fill(this.#foot, h("div", { class: "over", part: "confirm", role: "alertdialog", "aria-labelledby": "ask" }, words, stay, end));
    } else fill(this.#foot);
  }

  #drawBanner(view: View): void {
    const { strings } = this.#language;
    const { chat } = this.#host;
    const running = isRunning(view);
    let text = "";
    let button: HTMLElement | false = false;
    let alarm = true;
    if (running && view.connection === "offline") text = strings.offline;
    else if (running && view.connection === "connecting" && chat.messages.length) [text, alarm] = [strings.reconnecting, false];
    else if (running && view.identity === "lapsed") {
      text = strings.lapsed;
      button = action(strings.renew, () => this.#host.signIn() && void chat.authenticate(), "text");
    } else if (running && view.error) {
      text = failureWords(strings, view.error.code).join(". ");
      if (view.error.retryable) button = action(strings.retry, () => void chat.authenticate(), "text");
    }
    this.#banner.classList.toggle("alarm", alarm);
    if (this.#banner.dataset.text !== text) fill(this.#banner, text, text && " ", button);
    this.#banner.dataset.text = text;
  }

  /** One sentence for those who do not see the panel: where the chat stands, and who it takes them for. */
  #announce(view: View): void {
    const { strings } = this.#language;
    const title = this.#card.querySelector("h3")?.textContent;
    const proof = isRunning(view) && view.identity === "current" ? strings.signedIn : "";
    const parts = title
      ? [title, this.#card.querySelector("p")?.textContent]
      : [statusLine(view, strings), queueLine(view, strings), proof, this.#banner.dataset.text];
    say(this.#status, parts.filter(Boolean).join(". "));
  }

  #list(messages: readonly MessageView[]): void {
    if (!this.#dialog) return;
    const atEnd = this.#isAtEnd();
    const isNew = this.#log.draw(messages);
    const newest = messages.at(-1);
    if (isNew && newest?.from === "agent") this.#typing(false);
    if (atEnd || (isNew && newest?.from === "visitor")) this.#toEnd();
    else if (isNew) this.#pill.hidden = false;
    const failed = messages.some((message) => message.delivery === "failed");
    if (failed) say(this.#status, this.#language.strings.failed);
  }

  #typing(on: boolean): void {
    clearTimeout(this.#timer);
    const shown = on && this.#host.chat.view.phase === "active";
    this.#dots.hidden = !shown;
    if (!shown) return;
    this.#timer = setTimeout(() => this.#typing(false), TYPING_MS);
    if (this.#dialog && this.#pill.hidden) this.#toEnd();
  }

  #toEnd(): void {
    this.#scroll.scrollTop = this.#scroll.scrollHeight;
    this.#pill.hidden = true;
  }

  #scrolled(): void {
    if (this.#isAtEnd()) this.#pill.hidden = true;
  }

  #isAtEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroll;
    return scrollHeight - scrollTop - clientHeight < 60;
  }

  /** A new conversation after one that ended. What the visitor was writing when it did is theirs to send now. */
  #again(): void {
    this.#keepsDraft = true;
    const done = () => {
      this.#keepsDraft = false;
    };
    void this.#host.chat.start().then(done, done);
  }

  /** Signed out, or another person: nothing of the one before stays, typed or sent. */
  #forget(): void {
    if (!this.#keepsDraft) this.#composer?.clear();
    this.#keepsDraft = false;
  }

  #askToEnd(ask: boolean): void {
    this.#asksToEnd = ask;
    this.#draw(this.#host.chat.view);
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.isComposing) return;
    event.stopPropagation();
    event.preventDefault();
    if (this.#asksToEnd) this.#askToEnd(false);
    else this.#host.close();
  }

  /** Changes the panel; if that takes the focused thing away, the focus goes to what is there instead. */
  #keepFocus(change: () => void): void {
    const isHeld = () => this.#dialog?.contains(this.#host.root.activeElement);
    const wasHeld = isHeld();
    change();
    if (wasHeld && !isHeld()) this.#focus();
  }

  /** Focuses what the visitor most likely wants next. A phone's keyboard is not raised for them. */
  #focus(): void {
    const button = (this.#stage ? this.#card : this.#foot).querySelector<HTMLElement>(".button");
    const writable = this.#footer === "composer" && !matchMedia(PHONE).matches;
    (button ?? (writable ? this.#composer.input : this.#dialog))?.focus();
  }
}
