// The agent console's WebSocket: opens, tells what comes, opens again after a loss, also after one that nobody told of: the
// server says in each heartbeat that it is there, and a socket that brings nothing in twice that time is dead. It keeps no
// conversation; whoever listens reads the lists anew after each `welcome` and `resync`, which comes now and then while there is
// no socket.
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
/** How long a socket has from the first try to the server's welcome, in milliseconds. */
const handshakeLimit = 10_000;
/** What an open socket has beyond two heartbeats, and how long the server has to answer one, in milliseconds. */
const grace = 5_000;
/** How often the lists are read while there is no socket, in milliseconds. */
const pollEvery = 10_000;

export class AgentSocket {
  #listener: SocketListener;
  #url: string;
  #socket: WebSocket | null = null;
  #timer: number | undefined;
  /** Runs out when an open socket has been silent for too long. */
  #silence: number | undefined;
  /** How long it may be silent, in milliseconds. */
  #patience = handshakeLimit;
  #poll: number | undefined;
  #heardAt = 0;
  #isWelcome = false;
  #wait = firstWait;
  #isStopped = false;

  constructor(url: string, listener: SocketListener) {
    this.#url = url;
    this.#listener = listener;
    window.addEventListener("online", this.#hurry);
    window.addEventListener("focus", this.#hurry);
    document.addEventListener("visibilitychange", this.#hurry);
    this.#poll = window.setInterval(() => {
      if (!this.#isWelcome) this.#listener.onEvent({ type: "resync" });
    }, pollEvery);
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
    window.clearTimeout(this.#silence);
    window.clearInterval(this.#poll);
    window.removeEventListener("online", this.#hurry);
    window.removeEventListener("focus", this.#hurry);
    document.removeEventListener("visibilitychange", this.#hurry);
    this.#socket?.close();
    this.#socket = null;
  }

  #open(): void {
    this.#timer = undefined;
    this.#listener.onConnection("connecting");
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    this.#isWelcome = false;
    this.#patience = handshakeLimit;
    this.#await(this.#patience);
    socket.addEventListener("message", ({ data }) => {
      if (socket !== this.#socket || typeof data !== "string") return;
      const event = eventFrom(data);
      if (event === null) return;
      if (event.type === "welcome") {
        this.#wait = firstWait;
        this.#isWelcome = true;
        this.#patience = 2 * event.heartbeatMs + grace;
        this.#listener.onConnection("open");
      }
      this.#heardAt = Date.now();
      this.#await(this.#patience);
      this.#listener.onEvent(event);
    });
    socket.addEventListener("close", ({ code }) => {
      if (socket !== this.#socket || this.#isStopped) return;
      this.#lost();
      if (code !== closeSessionOver) return this.#openLater();
      window.clearInterval(this.#poll);
      this.#listener.onSessionOver();
    });
  }

  /** The server has so long to say something. */
  #await(limit: number): void {
    window.clearTimeout(this.#silence);
    this.#silence = window.setTimeout(() => {
      const dead = this.#socket;
      this.#lost();
      dead?.close();
      this.#listener.onEvent({ type: "resync" });
      this.#openLater();
    }, limit);
  }

  #lost(): void {
    window.clearTimeout(this.#silence);
    this.#socket = null;
    this.#isWelcome = false;
    this.#listener.onConnection("lost");
  }

  #openLater(): void {
    // Between half and the whole of the wait, so that consoles do not all come back at once.
    this.#timer = window.setTimeout(() => this.#open(), this.#wait * (0.5 + Math.random() / 2));
    this.#wait = Math.min(this.#wait * 2, lastWait);
  }

  /** The network or the person is back: no reason to wait any longer, and a socket that may be dead is tried. */
  #hurry = (): void => {
    if (document.visibilityState === "hidden") return;
    if (this.#isWelcome && Date.now() - this.#heardAt > grace) {
      this.#await(grace);
      this.send({ type: "heartbeat" });
    }
    if (this.#timer === undefined) return;
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
