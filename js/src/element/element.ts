/**
 * `<bonafide-chat>`: attributes, methods and events for the page, and the launcher. The chat itself is loaded when it is
 * first opened, or at once when this tab has a conversation. Nothing here throws into the page or outlives the element.
 */
import type { Chat } from "../chat/chat";
import type { Context, GetToken, Started } from "../engine/pkg/bonafide_widget";
import type { ChatError } from "../errors";
import type { ElementEvents } from "../events";
import { ignore, inTime } from "../in-time";
import { pageLanguage } from "../locale";
import { clearTimeout, hasOwn, setTimeout } from "../natives";
import type { PanelHost } from "../panel/host";
import type { Panel } from "../panel/panel";
import { isPhone } from "../phone";
import { signedOut } from "../signed-out";
import { keep, recall } from "../storage";
import type { Words } from "../strings/en";
import { chatFault, configurationFault, serverAddress } from "./faults";
import { Launcher } from "./launcher";
import { Base } from "./listening";
import type { LoadChat } from "./module";
import { tell } from "./tell";

/** How long the chat may take to open before the launcher says so, in milliseconds: mostly it is there by then. */
const PATIENCE_MS = 100;

/** What runs while the element is on a page. */
interface Live {
  readonly chat: Chat;
  readonly panel: Panel;
}

/** The custom element. */
export class BonafideChatElement extends Base {
  static readonly observedAttributes = ["widget", "server", "open", "lang", "position", "accent-color", "debug"];
  /** Where the chat is loaded from; set by the entry that defines the element. */
  static load: LoadChat;
  /** @internal For the chunk that the script tag loads. */
  declare static shared: object;

  #launcher: Launcher | undefined;
  #live: Live | undefined;
  #loading: Promise<Live | undefined> | undefined;
  /** Will draw that an opening takes its time. */
  #late: ReturnType<typeof setTimeout> | undefined;
  /** While it is in a page. */
  #run: object | undefined;
  /** The last run in which the page was told that the launcher is there, or why not. */
  #begun: object | undefined;
  /** A sign-out that is under way, or one that is done. */
  #leaving: Promise<unknown> | undefined;
  /** Why the chat could not be had. */
  #error: ChatError | undefined;
  #open = false;
  #ownsCorner = false;
  #context: Context | undefined;
  #getToken: GetToken | undefined;
  #strings: Words = {};

  constructor() {
    super();
    // Set before the element was defined, a property would hide the accessor of its name for ever.
    for (const name of ["getToken", "strings", ...BonafideChatElement.observedAttributes] as (keyof this)[]) {
      if (!hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
  }

  /** The chat widget's id. */
  get widget(): string {
    return this.getAttribute("widget")?.trim() ?? "";
  }
  set widget(value: string) {
    this.setAttribute("widget", value);
  }

  /** The chat server's address. */
  get server(): string {
    return this.getAttribute("server")?.trim() ?? "";
  }
  set server(value: string) {
    this.setAttribute("server", value);
  }

  /** Whether developers get a report of the integration in the page. */
  get debug(): boolean {
    return this.hasAttribute("debug");
  }
  set debug(value: boolean) {
    // Frameworks also set `undefined`, by which `toggleAttribute` would turn it over.
    this.toggleAttribute("debug", Boolean(value));
  }

  /** Whether the panel is open. Change it with `open()` and `close()`, or with the attribute `open`. */
  get isOpen(): boolean {
    return this.#open;
  }

  /** The page's own function for a token, used in place of the client function that the widget names. */
  get getToken(): GetToken | undefined {
    return this.#getToken;
  }
  set getToken(value: GetToken | undefined) {
    this.#getToken = value;
    this.#live?.chat.setGetToken(value);
  }

  /** Words that replace the built-in ones, in the page's language. */
  get strings(): Words {
    return this.#strings;
  }
  set strings(value: Words | undefined) {
    this.#strings = value ?? {};
    this.#draw();
    void this.#live?.panel.translate();
  }

  /** The chat without its face, once it is loaded: state and messages to read, events to follow. */
  get chat(): Chat | undefined {
    return this.#live?.chat;
  }

  /** Opens the panel and, unless one is running, starts a conversation. */
  get open(): () => Promise<void> {
    return () => this.#show(true);
  }
  /** @internal Frameworks set the attribute of this name as a property, which would be the end of the method. */
  set open(value: unknown) {
    this.toggleAttribute("open", value === "" || Boolean(value));
  }

  /** Puts the panel away, also one that is only about to open; the conversation goes on. */
  close(): void {
    // By its attribute, or as it was open when the page was left.
    if (!this.#open) return this.#setOpen(false);
    this.#setOpen(false);
    const hadFocus = this.shadowRoot?.activeElement;
    this.#live?.panel.hide();
    if (hadFocus) this.#launcher?.focus();
    this.#emit("closed", null);
  }

  /** Starts a conversation without opening the panel. Rejects with a `ChatError`. */
  start(): Promise<Started> {
    return this.#call((chat) => chat.start());
  }

  /** Ends the conversation. */
  end(): Promise<void> {
    return this.#call((chat) => chat.end());
  }

  /** Asks the page for a token again: renews, or signs an anonymous conversation in. Starts one if there is none. */
  authenticate(): Promise<void> {
    return this.#call((chat) => chat.authenticate());
  }

  /** Ends the visitor's sessions on this site, on the server too, and clears the transcript. Call it when they sign out. */
  signOut(): Promise<void> {
    keep(this.widget, ":draft", "");
    // In this tab at once, and for good: the engine has what ends the session elsewhere.
    keep(this.widget, "", "");
    signedOut(this.widget, true);
    const left = this.#call((chat) => chat.signOut());
    this.#leaving = ignore(left);
    return left;
  }

  /** Sets the unsigned context for chats without a token: for the one that runs, and the next. */
  setContext(context: Context): void {
    this.#context = context;
    this.#live?.chat.setContext(context);
  }

  /** @internal */
  connectedCallback(): void {
    if (this.#run) return;
    const run = {};
    this.#run = run;
    // Frameworks may set attributes and listeners right after inserting. And the page's scripts and input go first.
    setTimeout(() => this.#run === run && this.#begun !== run && this.#begin());
  }

  /** @internal */
  async disconnectedCallback(): Promise<void> {
    // An element that is only moved is back by then. A sign-out is not cut off: the server has to hear of it.
    await this.#leaving;
    if (!this.isConnected) this.#end();
  }

  /** @internal Keeps everything when the page moves the element with `moveBefore`. */
  connectedMoveCallback(): void {}

  /** @internal */
  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.#run) return;
    if (name === "open") {
      if ((now !== null) === this.#open) return;
      if (this.#open) this.close();
      else void this.#show(true);
    } else if (name === "widget" || name === "server") this.#restart();
    else if (name === "debug") this.#live ? this.#live.panel.report() : this.debug && void this.#load();
    else {
      this.#place();
      this.#draw();
      if (name === "lang") void this.#live?.panel.translate();
    }
  }

  /** Draws the launcher and says so, unless that is done. Whether there can be a chat. */
  #begin(): boolean {
    const isDone = this.#begun === this.#run;
    this.#begun = this.#run;
    if (!this.#isRight()) return false;
    if (isDone) return true;
    if (!this.#launcher) {
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      this.#launcher = new Launcher(
        root,
        () => (this.#open ? this.close() : void this.#show(true)),
        // Loaded while the pointer is on its way. Where that fails, the click tries again, and says so.
        () => void ignore(BonafideChatElement.load()),
      );
    }
    this.#place();
    this.#draw();
    this.#emit("ready", null);
    if (!this.#run) return false;
    const reopen = recall(this.widget, ":open") && !isPhone();
    if (this.hasAttribute("open") || reopen) void this.#show(false);
    else if (recall(this.widget, "") || recall(this.widget, ":sign-in") || signedOut(this.widget, false) || this.debug) void this.#load();
    return true;
  }

  #end(): void {
    const live = this.#live;
    this.#run = this.#loading = this.#live = this.#error = undefined;
    this.#open = false;
    clearTimeout(this.#late);
    live?.panel.dispose();
    live?.chat.dispose();
  }

  #restart(): void {
    if (!this.#run) return;
    this.#end();
    this.connectedCallback();
  }

  async #show(focus: boolean): Promise<void> {
    if (this.#open) return;
    const run = this.#run;
    // It opens when it is put into a page.
    if (!run) return void this.toggleAttribute("open", true);
    this.#setOpen(true);
    const live = await this.#load();
    // Taken out of the page and put back meanwhile, the element is another run's to open.
    if (!this.#open || run !== this.#run || live !== this.#live) return;
    if (!live) return this.#setOpen(false);
    this.#ownsCorner = false;
    this.#place();
    await live.panel.show(focus);
    if (!this.#open || live !== this.#live) return;
    this.#draw();
    this.#emit("opened", null);
  }

  #setOpen(open: boolean): void {
    this.#open = open;
    this.toggleAttribute("open", open);
    keep(this.widget, ":open", open ? "1" : "");
    // What opens is drawn with the panel: a frame now would only keep that waiting.
    if (open) this.#late = setTimeout(() => this.#draw(), PATIENCE_MS);
    else this.#draw();
  }

  /** Whether there can be a chat; tells the page why not. */
  #isRight(): boolean {
    this.#error = undefined;
    const fault = configurationFault(this.widget, this.server, this.#run);
    if (fault) this.#refuse(fault);
    return !fault;
  }

  /** The chat, or nothing where it cannot be had: the page was told why. */
  async #load(): Promise<Live | undefined> {
    const run = this.#run;
    // Not within the call: after it the page may set its listeners, or put the element in.
    await null;
    if ((run && !this.#run) || !this.#begin()) return undefined;
    this.#loading ??= this.#fetch();
    // Not handed on as it is: that would call its `then`, which a page may have replaced.
    return await this.#loading;
  }

  async #fetch(): Promise<Live | undefined> {
    const run = this.#run;
    let isLoaded = false;
    try {
      const module = await inTime(BonafideChatElement.load());
      if (this.#run !== run) return undefined;
      isLoaded = true;
      const chat = module.createChat({ server: serverAddress(this.server) ?? "", widget: this.widget, getToken: this.#getToken });
      if (this.#context) chat.setContext(this.#context);
      this.#live = { chat, panel: new module.Panel(this.#host(chat)) };
    } catch (cause) {
      if (this.#run !== run) return undefined;
      this.#loading = undefined;
      this.#refuse(chatFault(cause, isLoaded));
    }
    this.#draw();
    return this.#live;
  }

  #host(chat: Chat): PanelHost {
    return {
      chat,
      element: this,
      base: (this.#launcher as Launcher).base,
      open: () => void this.#show(false),
      tell: (type, detail) => this.#emit(type, detail),
      fail: (error) => this.#fail(error),
      draw: () => {
        this.#place();
        this.#draw();
      },
    };
  }

  #call<T>(run: (chat: Chat) => Promise<T>): Promise<T> {
    // At once where there is a chat: the element may be taken out by the next line.
    if (this.#live) return run(this.#live.chat);
    const result = this.#callLater(run);
    void ignore(result); // A page that does not look at the promise has the `error` event, and no "unhandled rejection".
    return result;
  }

  async #callLater<T>(run: (chat: Chat) => Promise<T>): Promise<T> {
    const live = await this.#load();
    if (live && live === this.#live) return await run(live.chat);
    throw this.#error ?? chatFault(undefined, false);
  }

  #place(): void {
    const look = this.#live?.chat.view.appearance;
    this.#launcher?.place(this.getAttribute("position") ?? look?.position);
    this.#launcher?.paint(this.getAttribute("accent-color") ?? look?.accentColor);
    // Widgets in one corner stand in a row, in the order of the page, and one of them is open.
    const inCorner = [...document.querySelectorAll("bonafide-chat")].filter((other) => this.#sharesCornerWith(other));
    this.#launcher?.stand(Math.max(0, inCorner.indexOf(this)));
    const isSettled = look || this.hasAttribute("position");
    if (!this.#open || this.#ownsCorner || !isSettled) return;
    this.#ownsCorner = true;
    for (const other of inCorner) if (other !== this && other.#open) other.close();
  }

  #sharesCornerWith(other: Element): other is BonafideChatElement {
    return other instanceof BonafideChatElement && other.#launcher?.base.className === this.#launcher?.base.className;
  }

  #draw(): void {
    clearTimeout(this.#late);
    this.#launcher?.draw({
      open: this.#open,
      busy: this.#open && !this.#live,
      failed: Boolean(this.#error),
      unread: this.#live?.chat.view.unread ?? 0,
      language: pageLanguage(this),
      words: { __proto__: null, ...this.#strings } as Words,
    });
  }

  #refuse(error: ChatError): void {
    this.#error = error;
    this.#fail(error);
  }

  #fail(error: ChatError): void {
    if (!this.#emit("error", error)) return;
    const request = error.requestId ? ` (request ${error.requestId})` : "";
    console.error(`bonafide-chat: ${error.code}: ${error.message}${request}`);
  }

  #emit<K extends keyof ElementEvents>(type: K, detail: unknown): boolean {
    return tell(this, type, detail);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "bonafide-chat": BonafideChatElement;
  }
}
