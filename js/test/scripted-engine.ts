/**
 * An engine that does what a test says, behind the same interface as the real one: it records what it is asked and lets
 * the test speak for the server. The element and the panel in front of it are the real ones.
 */
import { Chat } from "../src/chat/chat";
import type { ChatModule } from "../src/element/module";
import type {
  Context,
  Engine,
  EngineOptions,
  ErrorCode,
  GetToken,
  Listener,
  MessageView,
  Output,
  Started,
  View,
} from "../src/engine/pkg/bonafide_widget";
import { Panel } from "../src/panel/panel";

export const IDLE: View = {
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

/** A call that waits for its answer. */
interface Waiting {
  readonly kind: string;
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}

export class ScriptedEngine implements Engine {
  readonly calls: string[] = [];
  freed = false;
  isOver = false;
  view: View = IDLE;
  readonly options: EngineOptions;
  readonly #listener: Listener;
  #next = 1;
  #waiting: Waiting[] = [];

  constructor(options: EngineOptions, listener: Listener) {
    this.options = options;
    this.#listener = listener;
  }

  /** Speaks for the engine, and answers the calls that wait for this. */
  tell(output: Output, cause?: unknown): void {
    this.#listener(output, cause);
    if (output.type === "started") this.answer("start", { conversation: output.conversation, authenticated: output.authenticated });
    if (output.type === "started" || output.type === "authenticated") this.answer("authenticate");
    if (output.type === "ended") this.answer("end");
    if (output.type === "cleared") this.answer("signOut");
    if (output.type === "error") {
      const error = Object.assign(new Error(output.error.message), output.error, cause === undefined ? {} : { cause });
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    }
  }

  /** Answers the calls of a kind. */
  answer(kind: string, value?: unknown): void {
    this.#settle(kind, ({ resolve }) => resolve(value));
  }

  /** Refuses the calls of a kind. */
  refuse(kind: string, code: ErrorCode): void {
    this.#settle(kind, ({ reject }) => reject(Object.assign(new Error("Refused."), { code, retryable: false, requestId: null })));
  }

  #settle(kind: string, settle: (waiting: Waiting) => void): void {
    const waiting = this.#waiting;
    this.#waiting = waiting.filter((call) => call.kind !== kind);
    for (const call of waiting) if (call.kind === kind) settle(call);
  }

  #wait<T>(kind: string): Promise<T> {
    return new Promise<T>((resolve, reject) => this.#waiting.push({ kind, resolve: resolve as (value: unknown) => void, reject }));
  }

  /** Changes some of the state. */
  draw(change: Partial<View>): void {
    this.view = { ...this.view, ...change };
    this.tell({ type: "view", view: this.view });
  }

  /** An agent's message, or a stored one of the visitor's. */
  message(text: string, change: Partial<MessageView> = {}): MessageView {
    const order = this.#next++;
    const message: MessageView = {
      clientId: `m${order}`,
      order,
      from: "agent",
      name: "Maya Lindqvist",
      text,
      sentAt: "2026-11-22T09:41:00.000Z",
      delivery: "sent",
      ...change,
    };
    this.tell({ type: "messages", messages: [message] });
    return message;
  }

  open(): void {
    this.calls.push("open");
  }
  close(): void {
    this.calls.push("close");
  }
  start(): Promise<Started> {
    this.calls.push("start");
    // As the real one does, which forgets the conversation that is over.
    if (this.view.phase === "ended") this.draw({ phase: "starting" });
    return this.#wait("start");
  }
  send(text: string): Promise<MessageView> {
    this.calls.push(`send ${text}`);
    const own = { from: "visitor", name: null, sentAt: null, delivery: "sending" } as const;
    return this.#wait(this.message(text, own).clientId);
  }
  retry(clientId: string): void {
    this.calls.push(`retry ${clientId}`);
  }
  typing(): void {
    this.calls.push("typing");
  }
  authenticate(): Promise<void> {
    this.calls.push("authenticate");
    return this.#wait("authenticate");
  }
  end(): Promise<void> {
    this.calls.push("end");
    return this.#wait("end");
  }
  signOut(): Promise<void> {
    this.calls.push("signOut");
    return this.#wait("signOut");
  }
  setContext(context: Context): void {
    this.calls.push(`setContext ${JSON.stringify(context)}`);
  }
  setGetToken(getToken: GetToken | undefined): void {
    this.calls.push(`setGetToken ${typeof getToken}`);
  }
  free(): void {
    this.freed = true;
    const error = Object.assign(new Error("The chat was disposed of."), { code: "conflict", retryable: true, requestId: null });
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
  [Symbol.dispose](): void {
    this.free();
  }
}

/** The lazily loaded part with scripted engines, and the engines it made. */
export function scripted(): ChatModule & { readonly engines: ScriptedEngine[] } {
  const engines: ScriptedEngine[] = [];
  return {
    engines,
    Panel,
    connectEngine: async (given, listener) => new ScriptedEngine(given, listener),
    whyNot: async () => undefined,
    createChat(options) {
      const chat = new Chat(options, async (given, listener) => {
        const engine = new ScriptedEngine(given, listener);
        engines.push(engine);
        return engine;
      });
      chat.resume();
      return chat;
    },
  };
}
