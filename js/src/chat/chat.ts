/**
 * One chat without a face: the engine, loaded when it is first needed; the last state and messages; typed events; and
 * promises for the calls. The element draws it, the headless API hands it out. It decides nothing about the
 * conversation: the engine does.
 */
import type { Connect, Context, Engine, EngineOptions } from "../engine/engine";
import { ChatError, type ChatErrorDetail } from "../errors";
import type { HeadlessEvents, Started } from "../events";
import type { MessageView } from "../generated/MessageView";
import type { Output } from "../generated/Output";
import type { View } from "../generated/View";
import { queueMicrotask } from "../natives";
import { recall } from "../storage";
import { type CallResults, Calls, pending } from "./calls";

/** How a chat is made: the engine's options. */
export type ChatOptions = EngineOptions;

/** The state before the engine has said anything. */
const BLANK: View = {
  phase: "idle",
  connection: "none",
  identity: "none",
  signIn: null,
  appearance: null,
  queue: null,
  position: null,
  agent: null,
  unread: 0,
  error: null,
};

type Handler = (payload: never) => void;

const ANONYMOUS: ChatErrorDetail = {
  code: "token-not-provided",
  message: "Nobody is signed in: an anonymous conversation was started.",
  retryable: true,
};

const conflict = (message: string) => new ChatError({ code: "conflict", message, retryable: true });
const refused = (error: ChatError): Promise<never> => {
  const call = pending<never>();
  call.reject(error);
  return call.promise;
};
const disposed = () => conflict("The chat was disposed of.");

/** Whether there is a conversation that goes on. */
export function isRunning(view: View): boolean {
  return view.phase === "waiting" || view.phase === "active";
}

/** A chat. Made by `createChat`. */
export class Chat {
  /** The chat widget's id. */
  readonly widget: string;
  /** @internal Hears of each call of the page's function. */
  trace: ChatOptions["trace"];
  #options: ChatOptions;
  #connect: Connect;
  #engine: Engine | undefined;
  #connecting: Promise<Engine | undefined> | undefined;
  #shown = false;
  #context: Context | undefined;
  #started: Started | undefined;
  #view = BLANK;
  #messages: readonly MessageView[] = [];
  #handlers = new Map<string, Set<Handler>>();
  #calls = new Calls();
  #sends = new Map<string, ReturnType<typeof pending<MessageView>>>();
  /** The failure that the page was told last. */
  #failed: ChatError | undefined;
  /** Commands that the engine has not begun with. */
  #asked = 0;

  constructor(options: ChatOptions, connect: Connect) {
    this.widget = options.widget;
    this.#options = options;
    this.#connect = connect;
  }

  /** Takes up the conversation this tab has, if it has one; else loads nothing. */
  resume(): void {
    if (this.#options.storage !== "none" && recall(this.widget, "")) void this.#load();
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
    // By syntax, for a page may have put another `Promise` in place of the browser's.
    if (this.#started && isRunning(this.#view)) return (async (started) => started)(this.#started);
    if (!this.#engine) this.#draw({ ...this.#view, phase: "configuring", error: null });
    return this.#ask("start", (engine) => engine.start());
  }

  /** Proves who the visitor is: renews, or turns an anonymous conversation into an authenticated one. */
  authenticate(): Promise<void> {
    if (this.#view.phase === "ended") return refused(conflict("The conversation is over. Start a new one."));
    return this.#ask("authenticate", (engine) => engine.authenticate());
  }

  /** Ends the conversation, or the way to one. Resolves also when there is nothing to end. */
  end(): Promise<void> {
    return this.#ask("end", (engine) => engine.end());
  }

  /** Ends the visitor's session in all tabs and forgets the transcript. */
  signOut(): Promise<void> {
    return this.#ask("signOut", (engine) => engine.signOut());
  }

  /**
   * Sends a message, 1 to 4,000 characters. Resolves when the server has stored it; it is sent until then. Rejects when
   * it is refused, and when no conversation could be started: then it stays in the list, and is sent once there is one.
   */
  send(text: string): Promise<MessageView> {
    const call = pending<MessageView>();
    let clientId = "";
    this.#run(
      (engine) => {
        clientId = engine.send(text);
      },
      (failure) => {
        if (failure) call.reject(failure);
        else this.#sends.set(clientId, call);
      },
    );
    return call.promise;
  }

  /** Sends a refused message again; after the end of the conversation, in a new one. */
  retry(clientId: string): void {
    this.#run((engine) => engine.retry(clientId));
  }

  /** Tells the agent that the visitor is typing. Call it at every keystroke. */
  typing(): void {
    this.#engine?.typing();
  }

  /** Sets the unsigned context of chats without a token. Does not load or start anything. */
  setContext(context: Context): void {
    this.#context = context;
    this.#engine?.setContext(context);
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
    const calls = this.#calls;
    this.#calls = new Calls();
    this.#asked = 0;
    this.#view = BLANK;
    this.#messages = [];
    this.#drop(disposed());
    calls.abandon(disposed());
  }

  /** Lets go of the engine; the next call makes another one. */
  #drop(reason: ChatError): void {
    this.#engine?.free();
    this.#engine = this.#connecting = this.#started = undefined;
    for (const call of this.#sends.values()) call.reject(reason);
    this.#sends.clear();
  }

  /** Asks the engine, which knows what is under way already, and waits for its answer together with who else does. */
  #ask<K extends keyof CallResults>(kind: K, command: (engine: Engine) => void): Promise<CallResults[K]> {
    const answer = this.#calls.join(kind);
    this.#run(command);
    return answer;
  }

  /** Gives the engine a command; `done` hears when it has begun with it, or why it never will. */
  #run(command: (engine: Engine) => void, done?: (failure?: ChatError) => void): void {
    const calls = this.#calls;
    this.#asked += 1;
    const run = (engine: Engine | undefined) => {
      if (engine) command(engine);
      // The engine handles it after this, and before what is put in line now.
      queueMicrotask(() => {
        if (this.#calls !== calls) return done?.(disposed());
        this.#asked -= 1;
        done?.(engine ? undefined : this.#failure());
        this.#look();
      });
    };
    if (this.#engine) run(this.#engine);
    else void this.#load().then(run);
  }

  #lookSoon(): void {
    const calls = this.#calls;
    queueMicrotask(() => this.#calls === calls && this.#look());
  }

  /** Nothing may wait for ever: where nothing is under way, nothing more will come of what was asked for. */
  #look(): void {
    if (this.#asked || !this.#engine) return;
    const { phase } = this.#view;
    const isStill = phase === "ready" || phase === "ended";
    const isStuck = phase === "failed" || phase === "sign-in-needed";
    if (isStill || isStuck || phase === "idle") this.#calls.resolve("end", undefined);
    if (isStill) {
      const over = conflict("The chat was ended before it came to that.");
      this.#calls.fail("start", over);
      this.#calls.fail("authenticate", over);
    }
    for (const [clientId, call] of this.#sends) {
      const message = this.#messages.find((message) => message.clientId === clientId);
      if (message?.delivery === "sending" && !isStuck) continue;
      this.#sends.delete(clientId);
      if (!message || message.delivery === "failed" || isStuck) call.reject(this.#failure());
      else call.resolve(message);
    }
  }

  /** The engine, or nothing when it could not be loaded (told by then) or the chat is disposed of. */
  #load(): Promise<Engine | undefined> {
    this.#connecting ??= this.#begin();
    return this.#connecting;
  }

  async #begin(): Promise<Engine | undefined> {
    // Disposing of the chat replaces the calls; what belongs to those from before is then nobody's business.
    const calls = this.#calls;
    try {
      const engine = await this.#connect({ ...this.#options, trace: (call) => this.trace?.(call) }, (output, cause) => {
        if (this.#calls === calls) this.#hear(output, cause);
      });
      if (this.#calls !== calls) {
        // Disposed of meanwhile; what was to end by then ends all the same.
        if (calls.isToEnd) engine.end();
        if (calls.isToSignOut) engine.signOut();
        engine.free();
        return undefined;
      }
      if (engine.isOver) {
        engine.free();
        this.#connecting = undefined;
        return undefined;
      }
      this.#engine = engine;
      if (this.#context) engine.setContext(this.#context);
      if (this.#shown) engine.open();
      return engine;
    } catch (cause) {
      if (this.#calls !== calls) return undefined;
      this.#connecting = undefined;
      const error =
        cause instanceof ChatError
          ? cause
          : new ChatError({ code: "internal", message: "The chat's engine did not start.", retryable: true }, cause);
      this.#draw({ ...this.#view, phase: "failed", error: { ...error.toJSON(), requestId: null } });
      this.#fail(error);
      return undefined;
    }
  }

  #hear(output: Output, cause: unknown): void {
    switch (output.type) {
      case "view":
        return this.#draw(output.view);
      case "messages":
        return this.#merge(output.messages);
      case "cleared":
        this.#started = undefined;
        this.#messages = [];
        this.#emit("messages", this.#messages);
        this.#emit("cleared", null);
        this.#lookSoon();
        return this.#calls.resolve("signOut", undefined);
      case "started":
        return this.#tellStarted({ conversation: output.conversation, authenticated: output.authenticated });
      case "authenticated":
        if (this.#started) this.#started = { ...this.#started, authenticated: true };
        this.#emit("authenticated", null);
        return this.#calls.resolve("authenticate", undefined);
      case "ended":
        this.#started = undefined;
        this.#emit("ended", null);
        return this.#calls.resolve("end", undefined);
      case "message":
        return this.#emit("message", output.message);
      case "error":
        return this.#fail(new ChatError(output.error, cause));
      case "refused":
        this.#failed = new ChatError(output.error);
        return this.#emit("error", this.#failed);
      default:
        this.#emit(output.type, null);
    }
  }

  #draw(view: View): void {
    this.#view = view;
    this.#emit("view", view);
    this.#lookSoon();
  }

  #tellStarted(started: Started): void {
    this.#started = started;
    this.#emit("started", started);
    this.#calls.resolve("start", started);
    // Another person's token leads to a conversation of their own: that, too, is what was asked for.
    if (started.authenticated) this.#calls.resolve("authenticate", undefined);
    else this.#calls.fail("authenticate", new ChatError(ANONYMOUS));
    // What was to end has ended, or this would not be another one.
    this.#calls.resolve("end", undefined);
  }

  #merge(changed: readonly MessageView[]): void {
    const byId = new Map(this.#messages.map((message) => [message.clientId, message]));
    for (const message of changed) byId.set(message.clientId, message);
    this.#messages = [...byId.values()].sort((a, b) => a.order - b.order);
    this.#lookSoon();
    this.#emit("messages", this.#messages);
  }

  #failure(): ChatError {
    return this.#failed ?? conflict("The message was not sent: the chat ended before.");
  }

  #fail(error: ChatError): void {
    this.#failed = error;
    // One that stopped by a fault of its own stays as it is; trying again needs another.
    if (this.#engine?.isOver) this.#drop(error);
    this.#calls.reject(error);
    this.#emit("error", error);
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
