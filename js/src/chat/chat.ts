/**
 * One chat without a face: the engine, loaded when it is first needed; the last state and messages; and typed events. The
 * element draws it, the headless API hands it out. It decides nothing about the conversation, nor when a call is answered: the
 * engine does.
 */
import type {
  Context,
  Engine,
  EngineError,
  EngineOptions,
  GetToken,
  Listener,
  MessageView,
  Output,
  Started,
  View,
} from "../engine/pkg/bonafide_widget";
import { ChatError } from "../errors";
import type { HeadlessEvents } from "../events";
import { ignore } from "../in-time";
import { Map, reportError, Set, setPrototypeOf } from "../natives";
import { signedOut } from "../signed-out";
import { recall } from "../storage";

/** How a chat is made: the engine's options. */
export type ChatOptions = Omit<EngineOptions, "trace">;

/** Makes an engine, loading what it needs first. Rejects with a `ChatError`. */
export type Connect = (options: EngineOptions, listener: Listener) => Promise<Engine>;

/** The state before the engine has said anything. */
const BLANK: View = {
  phase: "idle",
  connection: "none",
  identity: "none",
  signIn: null,
  appearance: null,
  files: false,
  queue: null,
  position: null,
  agent: null,
  unread: 0,
  error: null,
};

type Handler = (payload: never) => void;

/** Whether there is a conversation that goes on. */
export function isRunning(view: View): boolean {
  return view.phase === "waiting" || view.phase === "active";
}

/** What the engine rejects with, as the error of this package. */
const asChatError = (reason: unknown): ChatError =>
  reason instanceof ChatError ? reason : new ChatError(reason as EngineError, (reason as EngineError).cause);

/** A chat. Made by `createChat`. */
export class Chat {
  /** The chat widget's id. */
  readonly widget: string;
  /** @internal Told of each call of the page's function. */
  trace: EngineOptions["trace"];
  #options: ChatOptions;
  #connect: Connect;
  #engine: Engine | undefined;
  /** The engine that is being loaded, or is there. */
  #loading: Promise<Engine> | undefined;
  /** Until the chat is disposed of. */
  #life = {};
  #shown = false;
  #context: Context | undefined;
  #view = BLANK;
  #messages: readonly MessageView[] = [];
  #handlers = new Map<string, Set<Handler>>();

  constructor(options: ChatOptions, connect: Connect) {
    this.widget = options.widget;
    this.#options = options;
    this.#connect = connect;
  }

  get #isKept(): boolean {
    return this.#options.storage !== "none";
  }

  /** Takes up the conversation this tab has, or a sign-out that the server was not told of; else loads nothing. */
  resume(): void {
    if (this.#isKept && (recall(this.widget, "") || signedOut(this.widget, false))) void ignore(this.#load());
  }

  /** The state to draw. A new object whenever it changes. */
  get view(): Readonly<View> {
    return this.#view;
  }

  /** All messages, oldest first. A new array whenever it changes. */
  get messages(): readonly MessageView[] {
    return this.#messages;
  }

  /** Calls `handler` for each event of this type; the returned function stops that. */
  on<K extends keyof HeadlessEvents>(type: K, handler: (payload: HeadlessEvents[K]) => void): () => void {
    const handlers = this.#handlers.get(type) ?? new Set();
    this.#handlers.set(type, handlers.add(handler as Handler));
    return () => handlers.delete(handler as Handler);
  }

  /** Starts a conversation. Resolves when the server has it; at once when one is running. */
  start(): Promise<Started> {
    if (!this.#engine) this.#draw({ ...this.#view, phase: "configuring", error: null });
    return this.#ask((engine) => engine.start());
  }

  /**
   * Proves who the visitor is: renews, or turns an anonymous conversation into an authenticated one. Starts one if there is
   * none.
   */
  authenticate(): Promise<void> {
    return this.#ask((engine) => engine.authenticate());
  }

  /** Ends the conversation, or the way to one. Resolves also when there is nothing to end. */
  end(): Promise<void> {
    return this.#ask((engine) => engine.end());
  }

  /**
   * Ends the visitor's sessions on this site, whichever page began them, and forgets the transcript. Resolves when the server
   * has revoked them. Where it cannot be told now, this rejects, and it is told as soon as it can be, by the next page if need be.
   */
  signOut(): Promise<void> {
    // Also where there is no engine to be had.
    if (this.#isKept) signedOut(this.widget, true);
    return this.#ask((engine) => engine.signOut());
  }

  /**
   * Sends a message, 1 to 4,000 characters. Resolves when the server has stored it; it is sent until then. Rejects when
   * it is refused, and when no conversation could be started: then it stays in the list, and is sent once there is one.
   */
  send(text: string): Promise<MessageView> {
    return this.#ask((engine) => engine.send(text));
  }

  /** Sends a refused message again; after the end of the conversation, in a new one. */
  retry(clientId: string): void {
    void this.#ask(async (engine) => engine.retry(clientId));
  }

  /** Tells the agent that the visitor is typing. Call it at every keystroke. */
  typing(): void {
    this.#engine?.typing();
  }

  /**
   * Sets the unsigned context of chats without a token: of the one that runs, whose agent sees it at once, and of the next. Does
   * not load or start anything.
   */
  setContext(context: Context): void {
    this.#context = context;
    if (isRunning(this.#view) && this.#view.identity !== "none")
      console.warn("bonafide-chat: setContext is for anonymous chats: this one goes on with the context that the website signed.");
    this.#engine?.setContext(context);
  }

  /** Sets the page's own function for a token, from the next time that one is needed. An attempt without it is repeated. */
  setGetToken(getToken: GetToken | undefined): void {
    this.#options = { ...this.#options, getToken };
    this.#engine?.setGetToken(getToken);
  }

  /** Says whether the visitor sees the messages, which decides what is unread. */
  show(shown: boolean): void {
    this.#shown = shown;
    if (shown) this.#engine?.open();
    else this.#engine?.close();
  }

  /**
   * Stops everything on this page: timers, socket, calls under way. The conversation itself goes on at the server, and
   * the next call, or `resume()`, takes it up again.
   */
  dispose(): void {
    const engine = this.#engine;
    const loading = this.#loading;
    this.#life = {};
    this.#engine = this.#loading = undefined;
    this.#view = BLANK;
    this.#messages = [];
    if (engine) engine.free();
    // After those who asked for something while it is loaded: what ends things is still done.
    else if (loading) void ignore(free(loading));
  }

  /** Asks the engine, which is loaded where it is not there. Where it is, it is asked before this returns. */
  #ask<T>(call: (engine: Engine) => Promise<T>): Promise<T> {
    const answer = this.#answer(call);
    void ignore(answer);
    return answer;
  }

  async #answer<T>(call: (engine: Engine) => Promise<T>): Promise<T> {
    try {
      return await call(this.#engine ?? (await this.#load()));
    } catch (reason) {
      throw asChatError(reason);
    }
  }

  /** The engine. Where it cannot be had, handlers were told and the promise rejects. */
  #load(): Promise<Engine> {
    this.#loading ??= this.#begin();
    return this.#loading;
  }

  async #begin(): Promise<Engine> {
    const life = this.#life;
    try {
      const options: EngineOptions = { ...this.#options, trace: (call) => this.trace?.(call) };
      const engine = await this.#connect(options, (output, cause) => {
        if (this.#life === life) this.#hear(output, cause);
      });
      if (this.#life !== life) return engine;
      if (engine.isOver) this.#loading = undefined;
      else this.#engine = engine;
      if (this.#options.getToken !== options.getToken) engine.setGetToken(this.#options.getToken);
      if (this.#context) engine.setContext(this.#context);
      if (this.#shown) engine.open();
      return engine;
    } catch (cause) {
      const error =
        cause instanceof ChatError
          ? cause
          : new ChatError({ code: "internal", message: "The chat's engine did not start.", retryable: true }, cause);
      if (this.#life === life) {
        this.#loading = undefined;
        this.#draw({ ...this.#view, phase: "failed", error: { ...error.toJSON(), requestId: null } });
        this.#emit("error", error);
      }
      throw error;
    }
  }

  #hear(output: Output, cause: unknown): void {
    switch (output.type) {
      case "view":
        // What the widget does not say, a page's own property of all objects does not say either.
        if (output.view.appearance) setPrototypeOf(output.view.appearance, null);
        return this.#draw(output.view);
      case "messages":
        return this.#merge(output.messages);
      case "cleared":
        this.#messages = [];
        this.#emit("messages", this.#messages);
        return this.#emit("cleared", null);
      case "started":
        return this.#emit("started", { conversation: output.conversation, authenticated: output.authenticated });
      case "message":
        return this.#emit("message", output.message);
      case "error":
        // One that stopped by a fault of its own stays as it is; trying again needs another.
        if (this.#engine?.isOver) this.#engine = this.#loading = undefined;
        return this.#emit("error", new ChatError(output.error, cause));
      case "refused":
        return this.#emit("error", new ChatError(output.error));
      default:
        this.#emit(output.type, null);
    }
  }

  #draw(view: View): void {
    this.#view = view;
    this.#emit("view", view);
  }

  #merge(changed: readonly MessageView[]): void {
    const byId = new Map(this.#messages.map((message) => [message.clientId, message]));
    for (const message of changed) byId.set(message.clientId, message);
    this.#messages = [...byId.values()].sort((a, b) => a.order - b.order);
    this.#emit("messages", this.#messages);
  }

  #emit<K extends keyof HeadlessEvents>(type: K, payload: HeadlessEvents[K]): void {
    for (const handler of this.#handlers.get(type) ?? []) {
      try {
        (handler as (payload: HeadlessEvents[K]) => void)(payload);
      } catch (error) {
        // As the DOM does it: a handler that throws is reported and stops nobody else.
        reportError(error);
      }
    }
  }
}

/** Lets go of an engine once it is there. */
async function free(loading: Promise<Engine>): Promise<void> {
  (await loading).free();
}
