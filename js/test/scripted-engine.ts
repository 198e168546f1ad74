/**
 * An engine that does what a test says, behind the same interface as the real one: it records what it is asked and lets
 * the test speak for the server. The element and the panel in front of it are the real ones.
 */
import { Chat } from "../src/chat/chat";
import type { ChatModule } from "../src/element/module";
import type { Context, Engine, EngineOptions, Listener, MessageView, Output, View } from "../src/engine/pkg/bonafide_widget";
import { Panel } from "../src/panel/panel";

export const IDLE: View = {
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

export class ScriptedEngine implements Engine {
  readonly calls: string[] = [];
  freed = false;
  isOver = false;
  view: View = IDLE;
  readonly options: EngineOptions;
  readonly #listener: Listener;
  #next = 1;

  constructor(options: EngineOptions, listener: Listener) {
    this.options = options;
    this.#listener = listener;
  }

  /** Speaks for the engine. */
  tell(output: Output, cause?: unknown): void {
    this.#listener(output, cause);
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
  start(): void {
    this.calls.push("start");
    // As the real one does, which forgets the conversation that is over.
    if (this.view.phase === "ended") this.draw({ phase: "starting" });
  }
  send(text: string): string {
    this.calls.push(`send ${text}`);
    const own = { from: "visitor", name: null, sentAt: null, delivery: "sending" } as const;
    return this.message(text, own).clientId;
  }
  retry(clientId: string): void {
    this.calls.push(`retry ${clientId}`);
  }
  typing(): void {
    this.calls.push("typing");
  }
  authenticate(): void {
    this.calls.push("authenticate");
  }
  end(): void {
    this.calls.push("end");
  }
  signOut(): void {
    this.calls.push("signOut");
  }
  setContext(context: Context): void {
    this.calls.push(`setContext ${JSON.stringify(context)}`);
  }
  free(): void {
    this.freed = true;
  }
}

/** The lazily loaded part with scripted engines, and the engines it made. */
export function scripted(): ChatModule & { readonly engines: ScriptedEngine[] } {
  const engines: ScriptedEngine[] = [];
  return {
    engines,
    Panel,
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
