// The messages of one conversation that are on their way or did not arrive. Sent one after the other, so that they arrive as
// they were written. Each keeps its client id, also over a reload and in a copy of the tab, so that sending it again never
// says it twice: the server answers the same.
import type { QueryClient } from "@tanstack/react-query";
import { ApiProblem, asProblem } from "../../api/problem";
import { sessionLost } from "../../session/session";
import { beforeForgotten, keepUnfinished, readUnfinished, unfinishedNames } from "../../session/unfinished";
import { postMessage } from "../agentApi";
import { addMessages } from "../live/applyEvent";
import { newClientId } from "./clientId";

export interface PendingMessage {
  clientId: string;
  text: string;
  /** Why it did not arrive; null while it is on its way. */
  failure: string | null;
}

export class Outbox {
  #cache: QueryClient;
  #operator: string;
  #conversation: string;
  #pending: readonly PendingMessage[];
  #last: Promise<void> = Promise.resolve();
  #listeners = new Set<() => void>();
  #isStopped = false;

  constructor(cache: QueryClient, operator: string, conversation: string) {
    this.#cache = cache;
    this.#operator = operator;
    this.#conversation = conversation;
    this.#pending = messagesFrom(readUnfinished(operator, this.#name));
    beforeForgotten((but) => {
      if (but !== operator) this.#isStopped = true;
    });
    // The page was left before the answer came: nobody knows whether these arrived.
    for (const message of this.#pending) if (message.failure === null) this.#post(message);
  }

  /** Its operator has left: it sends and keeps nothing more. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  get pending(): readonly PendingMessage[] {
    return this.#pending;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  send(text: string): void {
    const clientId = newClientId();
    const message = { clientId, text, failure: null };
    this.#change([...this.#pending, message]);
    this.#post(message);
  }

  /** Sends one again that did not arrive. */
  retry(clientId: string): void {
    const message = this.#pending.find((other) => other.clientId === clientId);
    if (message === undefined || message.failure === null) return;
    this.#put({ ...message, failure: null });
    this.#post(message);
  }

  /** Takes messages out: they arrived, or are not wanted any more. */
  remove(clientIds: ReadonlySet<string>): void {
    const rest = this.#pending.filter(({ clientId }) => !clientIds.has(clientId));
    if (rest.length < this.#pending.length) this.#change(rest);
  }

  #post({ clientId, text }: PendingMessage): void {
    this.#last = this.#last.then(async () => {
      if (this.#isStopped) return;
      try {
        const message = await postMessage(this.#conversation, clientId, text);
        addMessages(this.#cache, this.#conversation, [message]);
        this.remove(new Set([clientId]));
      } catch (error) {
        if (this.#isStopped) return;
        if (error instanceof ApiProblem && error.isSessionOver) sessionLost(this.#cache);
        this.#put({ clientId, text, failure: asProblem(error).message });
      }
    });
  }

  #put(message: PendingMessage): void {
    this.#change(this.#pending.map((other) => (other.clientId === message.clientId ? message : other)));
  }

  #change(pending: readonly PendingMessage[]): void {
    if (this.#isStopped) return;
    this.#pending = pending;
    keepUnfinished(this.#operator, this.#name, pending.length === 0 ? "" : JSON.stringify(pending));
    for (const listener of this.#listeners) listener();
  }

  get #name(): string {
    return outboxPrefix + this.#conversation;
  }
}

const outboxPrefix = "outbox:";

const outboxes = new WeakMap<QueryClient, Map<string, Outbox>>();

/** The one outbox of a conversation in this page: it goes on when another conversation is looked at. */
export function outboxOf(cache: QueryClient, operator: string, conversation: string): Outbox {
  const all = outboxes.get(cache) ?? new Map<string, Outbox>();
  outboxes.set(cache, all);
  const key = `${operator} ${conversation}`;
  const known = all.get(key);
  // They may have signed in anew.
  const outbox = known && !known.isStopped ? known : new Outbox(cache, operator, conversation);
  all.set(key, outbox);
  return outbox;
}

/** Goes on with all that was on its way when the page was left, whether its conversation is looked at or not. */
export function resumeOutboxes(cache: QueryClient, operator: string): void {
  for (const name of unfinishedNames(operator)) {
    if (name.startsWith(outboxPrefix)) outboxOf(cache, operator, name.slice(outboxPrefix.length));
  }
}

function messagesFrom(stored: string | null): PendingMessage[] {
  try {
    const value: unknown = JSON.parse(stored ?? "[]");
    return Array.isArray(value) ? value.filter(isPending) : [];
  } catch {
    return [];
  }
}

function isPending(value: unknown): value is PendingMessage {
  if (typeof value !== "object" || value === null) return false;
  const { clientId, text, failure } = value as Partial<Record<keyof PendingMessage, unknown>>;
  return typeof clientId === "string" && typeof text === "string" && (failure === null || typeof failure === "string");
}
