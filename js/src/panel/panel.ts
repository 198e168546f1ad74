/**
 * The open chat: puts header, conversation and composer together, draws the engine's state, and looks after focus and
 * keyboard. On a phone it is a modal dialog over the whole screen, elsewhere a window beside the page.
 */
import { isRunning } from "../chat/chat";
import { adopt, fill, h, say, styleSheet } from "../element/dom";
import type { ChatFailure, MessageView, View } from "../engine/pkg/bonafide_widget";
import { pageLanguage } from "../locale";
import { clearTimeout, setTimeout } from "../natives";
import { isPhone } from "../phone";
import { keep, recall } from "../storage";
import { failureWords } from "../strings/failures";
import { fillIn, isSame, type Language, loadLanguage } from "../strings/strings";
import { drawBanner } from "./banner";
import { action, failureCard, failureId, signInCard } from "./card";
import { Composer } from "./composer";
import { contain, containFocus } from "./containment";
import { follow } from "./follow";
import { Header } from "./header";
import type { PanelHost } from "./host";
import { Log } from "./log";
import css from "./panel.css?inline";
import { report } from "./report";
import { richText } from "./rich-text";
import { agentName, isBusy, queueLine, statusLine } from "./status";
import { Viewport } from "./viewport";

// Parsed as soon as this is loaded, which may be before the click.
const sheet = styleSheet(css);

/** How long the agent is shown as typing after each sign of it, in milliseconds. */
const TYPING_MS = 5_000;

/** The panel. */
export class Panel {
  readonly #host: PanelHost;
  readonly #stops: (() => void)[] = [];
  #language!: Language;
  #dialog: HTMLDialogElement | undefined;
  #header!: Header;
  readonly #banner = h("div", { class: "banner", part: "banner" });
  #warning = "";
  #log!: Log;
  #composer!: Composer;
  readonly #greeting = h("div", { class: "bubble", part: "greeting", dir: "auto" });
  readonly #note = h("p", { class: "note", part: "note" });
  readonly #dots = h("div", { class: "dots", part: "typing", role: "img", hidden: true }, h("i"), h("i"), h("i"));
  readonly #card = h("div", { class: "stage" });
  readonly #foot = h("div", { class: "foot" });
  readonly #status = h("div", { class: "quiet", role: "status" });
  readonly #unsent = h("div", { class: "quiet", role: "status" });
  #viewport!: Viewport;
  #shown = false;
  #asksToEnd = false;
  /** The failure that the visitor's wish to end the chat ran into. */
  #unended = "";
  #greeted = "";
  #footer = "";
  #stage = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #translated: Promise<void> | undefined;
  #turn = 0;
  /** The part for files, once it was asked for. */
  #files: Promise<unknown> | undefined;
  /** The part that says that nobody is there, likewise. */
  #nobody: Promise<unknown> | undefined;

  constructor(host: PanelHost) {
    this.#host = host;
    const { chat } = host;
    contain(host.element);
    this.#stops.push(
      ...follow(host, () => this.#shown),
      containFocus(host.element),
      chat.on("view", (view) => {
        this.#draw(view);
        if (view.files) this.#files ??= this.#follow(import("../files/files"));
        if (!view.position && view.phase === "waiting") this.#nobody ??= this.#follow(import("../nobody/nobody"));
      }),
      chat.on("messages", (messages) => this.#list(messages)),
      chat.on("agent-typing", () => this.#typing(true)),
      chat.on("left", () => this.#forget()),
    );
    if (recall(chat.widget, ":sign-in")) this.#follow(import("./come-back"));
    if (isPhone()) this.#follow(import("./keyboard"));
    this.report();
  }

  /** Begins with a part that is loaded by those who need it, until this is disposed of. */
  #follow(part: Promise<{ begin(host: PanelHost): () => void }>): Promise<unknown> {
    return part.then(
      ({ begin }) => this.#stops.length && this.#stops.push(begin(this.#host)),
      () => {},
    );
  }

  /** Puts the panel on the screen, and starts what it is for; `focus` when the visitor asked for it. */
  async show(focus: boolean): Promise<void> {
    this.#shown = true;
    if (!this.#dialog) await this.translate();
    const dialog = this.#dialog;
    if (!this.#shown || !dialog || dialog.open) return;
    const { chat } = this.#host;
    chat.show(true);
    const { phase, error } = chat.view;
    // Open again by itself, it is there for the conversation that the tab takes up again: to ask for one would end one that is over.
    const isResumed = !focus && recall(chat.widget, "");
    // Before it is on the screen: what changes by this is then laid out with all the rest, once.
    const isThere = isRunning(chat.view) || phase === "ended";
    if (!isResumed && !isThere && !(phase === "failed" && !error?.retryable)) void chat.start();
    // A page that heard an error by then may have closed it.
    if (!this.#shown) return;
    this.#appear(dialog);
    this.#viewport.toEnd();
    if (focus) this.#focus();
  }

  /** Takes it off the screen, and keeps it. */
  hide(): void {
    this.#shown = this.#asksToEnd = false;
    // Who puts the chat away is not on the way to sign in for it.
    keep(this.#host.chat.widget, ":sign-in", "");
    if (this.#dialog?.open) this.#dialog.close();
    this.#host.chat.show(false);
  }

  /** Builds it (again) in the page's language and words, if those are others than it has. */
  translate(): Promise<void> {
    this.#turn += 1;
    this.#translated = this.#translate(this.#turn);
    return this.#translated;
  }

  /** Shows the developers' report, a chunk of its own, or takes it away: as the element's `debug` says. */
  report(): void {
    report(this.#host, () => this.#stops.length > 0);
  }

  /** Ends timers and listeners and leaves the page as it was. */
  dispose(): void {
    this.#host.hideReport?.();
    this.#shown = false;
    this.#turn += 1;
    this.#translated = undefined;
    clearTimeout(this.#timer);
    for (const stop of this.#stops.splice(0)) stop();
    this.#log?.dispose();
    this.#dialog?.remove();
  }

  async #translate(turn: number): Promise<void> {
    const { element } = this.#host;
    const language = await loadLanguage(pageLanguage(element), element.strings);
    // Asked again meanwhile, by when the page may speak another language; or disposed of.
    if (turn !== this.#turn) return this.#translated;
    // A page may give the same words each time it draws itself.
    if (this.#dialog && isSame(language, this.#language)) return;
    this.#language = language;
    if (this.#dialog) this.#rebuild(this.#dialog);
    else this.#build();
  }

  /** Builds it anew around what the visitor is at: what they typed, where they are in it, and what they look at. */
  #rebuild(before: HTMLDialogElement): void {
    const { activeElement } = this.#root;
    const { input } = this.#composer;
    const wasHeld = before.contains(activeElement);
    const { top } = this.#viewport;
    this.#log.dispose();
    before.remove();
    this.#footer = this.#stage = "";
    this.#build();
    this.#composer.takeOver(input);
    if (before.open && this.#dialog) this.#appear(this.#dialog);
    this.#viewport.top = top;
    if (activeElement === input) this.#composer.input.focus();
    else if (wasHeld) this.#focus();
  }

  #appear(dialog: HTMLDialogElement): void {
    // `show()` would take the focus from whatever the visitor is doing in the page.
    if (isPhone()) dialog.showModal();
    else dialog.setAttribute("open", "");
    this.#composer.draw();
  }

  get #root(): ShadowRoot {
    return this.#host.base.getRootNode() as ShadowRoot;
  }

  #build(): void {
    const { chat, element, base } = this.#host;
    const { strings, tag, direction } = this.#language;
    adopt(this.#root, sheet);
    this.#header = new Header(
      strings,
      () => this.#askToEnd(true),
      () => element.close(),
    );
    this.#log = new Log(this.#language, (clientId) => chat.retry(clientId));
    this.#composer = new Composer(chat, strings, () => this.#viewport.toEnd());
    const greeting = h("div", { class: "row greeting" }, this.#greeting);
    this.#viewport = new Viewport(strings, h("div", { class: "talk" }, greeting, this.#log.root, this.#dots, this.#note), this.#card);
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
          element.close();
        },
      },
      h(
        "div",
        { class: "inner", lang: tag, dir: direction },
        this.#header.root,
        this.#banner,
        this.#viewport.root,
        this.#foot,
        this.#status,
        this.#unsent,
      ),
    );
    base.append(this.#dialog);
    this.#list(chat.messages);
    this.#draw(chat.view);
  }

  #draw(view: View): void {
    if (!this.#dialog) return;
    const { strings } = this.#language;
    if (!isRunning(view)) this.#asksToEnd = false;
    this.#dialog.classList.toggle("busy", isBusy(view));
    const greeting = view.appearance?.greeting ?? "";
    if (greeting !== this.#greeted) fill(this.#greeting, ...richText(greeting));
    this.#greeted = greeting;
    this.#header.draw(view);
    const wishes = { signIn: () => this.#signIn(), end: () => this.#endChat() };
    this.#warning = drawBanner(this.#banner, this.#host.chat, strings, this.#unended, wishes);
    say(this.#note, queueLine(view, strings));
    this.#dots.setAttribute("aria-label", fillIn(strings.typing, agentName(view.agent, strings)));
    if (view.phase !== "active") this.#typing(false);
    this.#keepFocus(() => {
      this.#drawStage(view);
      this.#drawFoot(view);
    });
    this.#composer.draw();
    this.#announce(view);
  }

  /** What the card shows stands in place of the conversation. */
  #drawStage(view: View): void {
    const { strings } = this.#language;
    const { chat } = this.#host;
    const failure = view.phase === "failed" ? view.error : null;
    const stage = view.phase === "sign-in-needed" ? "sign-in" : failure ? failureId(failure) : "";
    if (stage === this.#stage) return;
    this.#stage = stage;
    const retry = () => void chat.start();
    const signIn = () => this.#signIn() && retry();
    fill(this.#card, stage === "sign-in" ? signInCard(strings, signIn) : failure && failureCard(strings, failure, retry));
    this.#dialog?.classList.toggle("staged", stage !== "");
  }

  #drawFoot(view: View): void {
    const { strings } = this.#language;
    const over = view.error ? failureWords(strings, view.error).join(". ") : strings.ended;
    const footer = this.#asksToEnd ? "ask" : view.phase === "ended" ? over : this.#stage ? "" : "composer";
    if (footer === this.#footer) return;
    this.#footer = footer;
    if (footer === "composer") fill(this.#foot, this.#composer.root);
    else if (view.phase === "ended") {
      const again = action(strings.again, () => void this.#host.chat.start());
      fill(this.#foot, h("div", { class: "over", part: "ended" }, h("p", null, over), again));
    } else if (footer === "ask") {
      const end = action(strings.end, () => this.#endChat(), "button danger");
      const stay = action(strings.keep, () => this.#askToEnd(false), "button plain");
      const words = h("p", { id: "ask" }, h("b", null, strings.endAsk), " ", strings.endNote);
      fill(this.#foot, h("div", { class: "over", part: "confirm", role: "alertdialog", "aria-labelledby": "ask" }, words, stay, end));
    } else fill(this.#foot);
  }

  #endChat(): void {
    const { chat } = this.#host;
    this.#unended = "";
    chat.end().catch((error: ChatFailure) => {
      this.#unended = failureId(error);
      this.#asksToEnd = false;
      this.#draw(chat.view);
    });
  }

  /** `false` when the page takes care of it: then it may well lead elsewhere, and back. */
  #signIn(): boolean {
    const isOurs = this.#host.tell("sign-in", null);
    if (!isOurs) keep(this.#host.chat.widget, ":sign-in", "1");
    return isOurs;
  }

  /** One sentence for those who do not see the panel: where the chat stands, and who it takes them for. */
  #announce(view: View): void {
    const { strings } = this.#language;
    const title = this.#card.querySelector("h3")?.textContent;
    const proof = isRunning(view) && view.identity === "current" ? strings.signedIn : "";
    const parts = title
      ? [title, this.#card.querySelector("p")?.textContent]
      : [statusLine(view, strings), queueLine(view, strings), proof, this.#warning];
    say(this.#status, parts.filter(Boolean).join(". "));
  }

  #list(messages: readonly MessageView[]): void {
    if (!this.#dialog) return;
    const atEnd = this.#viewport.isAtEnd();
    const isNew = this.#log.draw(messages);
    const newest = messages.at(-1);
    if (isNew && newest?.from === "agent") this.#typing(false);
    if (atEnd || (isNew && newest?.from === "visitor")) this.#viewport.toEnd();
    else if (isNew) this.#viewport.hint();
    // Said once for each message: the same text twice is not announced again.
    const unsent = messages.filter((message) => message.delivery === "failed").pop();
    say(this.#unsent, unsent ? `${this.#language.strings.failed}: ${unsent.text}` : "");
  }

  #typing(on: boolean): void {
    clearTimeout(this.#timer);
    const shown = on && this.#host.chat.view.phase === "active";
    this.#dots.hidden = !shown;
    if (shown) this.#timer = setTimeout(() => this.#typing(false), TYPING_MS);
  }

  /** Signed out, or another person: nothing of what the one before typed stays. */
  #forget(): void {
    const { widget } = this.#host.chat;
    for (const key of [":draft", ":sign-in"] as const) keep(widget, key, "");
    this.#composer?.clear();
  }

  #askToEnd(ask: boolean): void {
    this.#asksToEnd = ask;
    this.#draw(this.#host.chat.view);
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    if (this.#asksToEnd) this.#askToEnd(false);
    else this.#host.element.close();
  }

  /** Changes the panel; if that takes the focused thing away, the focus goes to what is there instead. */
  #keepFocus(change: () => void): void {
    const isHeld = () => this.#dialog?.contains(this.#root.activeElement);
    const wasHeld = isHeld();
    change();
    if (wasHeld && !isHeld()) this.#focus();
  }

  /** Focuses what the visitor most likely wants next. A phone's keyboard is not raised for them. */
  #focus(): void {
    const button = (this.#stage ? this.#card : this.#foot).querySelector<HTMLElement>(".button");
    const writable = this.#footer === "composer" && !isPhone();
    (button ?? (writable ? this.#composer.input : this.#dialog))?.focus();
  }
}
