// The agent console's WebSocket: opens, tells what comes, opens again after a loss. It keeps no conversation;
// whoever listens reads the lists anew after each `welcome` and `resync`.
import type { AgentEvent, AgentFrame } from "../../api/types";

export type Connection = "connecting" | "open" | "lost";

export interface SocketListener {
  onEvent(event: AgentEvent): void;
  onConnection(connection: Connection): void;
  /** The server has ended the session: the socket stays closed. */
  onSessionOver(): void;
}

/** The close code of a session that is over or was revoked. */
const closeSessionOver = 4401;
/** Waits between attempts: doubled from the first to the last, in milliseconds. */
const firstWait = 500;
const lastWait = 15_000;

export class AgentSocket {
  #listener: SocketListener;
  #url: string;
  #socket: WebSocket | null = null;
  #timer: number | undefined;
  #wait = firstWait;
  #isStopped = false;

  constructor(url: string, listener: SocketListener) {
    this.#url = url;
    this.#listener = listener;
    window.addEventListener("online", this.#hurry);
    document.addEventListener("visibilitychange", this.#hurry);
    this.#open();
  }

  /** Sends a frame when the socket is open. Typing and read marks are not worth keeping for later. */
  send(frame: AgentFrame): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Closes for good. */
  stop(): void {
    this.#isStopped = true;
    window.clearTimeout(this.#timer);
    window.removeEventListener("online", this.#hurry);
    document.removeEventListener("visibilitychange", this.#hurry);
    this.#socket?.close();
    this.#socket = null;
  }

  #open(): void {
    this.#timer = undefined;
    this.#listener.onConnection("connecting");
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      if (socket !== this.#socket || typeof data !== "string") return;
      const event = eventFrom(data);
      if (event === null) return;
      if (event.type === "welcome") {
        this.#wait = firstWait;
        this.#listener.onConnection("open");
      }
      this.#listener.onEvent(event);
    });
    socket.addEventListener("close", ({ code }) => {
      if (socket !== this.#socket || this.#isStopped) return;
      this.#socket = null;
      this.#listener.onConnection("lost");
      if (code === closeSessionOver) return this.#listener.onSessionOver();
      // Between half and the whole of the wait, so that consoles do not all come back at once.
      this.#timer = window.setTimeout(() => this.#open(), this.#wait * (0.5 + Math.random() / 2));
      this.#wait = Math.min(this.#wait * 2, lastWait);
    });
  }

  /** The network or the person is back: no reason to wait any longer. */
  #hurry = (): void => {
    if (this.#timer === undefined || document.visibilityState === "hidden") return;
    window.clearTimeout(this.#timer);
    this.#wait = firstWait;
    this.#open();
  };
}

/** Where the socket is, beside the page. */
export function socketUrl(location: Location): string {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${location.host}/api/v1/agent/socket`;
}

/** The event in a frame; null for one this console does not understand (a newer server may send more). */
function eventFrom(data: string): AgentEvent | null {
  try {
    const value: unknown = JSON.parse(data);
    const isEvent = typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
    return isEvent ? (value as AgentEvent) : null;
  } catch {
    return null;
  }
}
