/**
 * Calls that wait for an answer of the engine: one promise per kind of call, shared by all who ask meanwhile. A promise
 * nobody looks at must not become an "unhandled rejection" in the page, so each is marked as handled.
 */
import type { Started } from "../events";
import { NativePromise } from "../natives";

/** What each call resolves to. */
export interface CallResults {
  start: Started;
  authenticate: undefined;
  end: undefined;
  signOut: undefined;
}

interface Call<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(reason: unknown): void;
}

/** Makes a promise that others settle. */
export function pending<T>(): Call<T> {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new NativePromise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  promise.catch(() => {});
  return { promise, resolve, reject };
}

/** The calls that are under way. */
export class Calls {
  // Without a prototype: a page may have put anything on the one of all objects.
  #waiting: { [K in keyof CallResults]?: Call<CallResults[K]> } = Object.create(null);

  /** What was asked for when they were abandoned, and must still be done. */
  isToEnd = false;
  isToSignOut = false;

  /** The promise of the call of this kind that is under way, or of a new one. */
  join<K extends keyof CallResults>(kind: K): Promise<CallResults[K]> {
    const waiting = this.#waiting[kind];
    if (waiting) return waiting.promise;
    const call = pending<CallResults[K]>();
    (this.#waiting as Record<K, Call<CallResults[K]>>)[kind] = call;
    return call.promise;
  }

  /** Answers the call of this kind, if one waits. */
  resolve<K extends keyof CallResults>(kind: K, value: CallResults[K]): void {
    const call = this.#waiting[kind];
    delete this.#waiting[kind];
    call?.resolve(value);
  }

  /** Fails the call of this kind, if one waits. */
  fail(kind: keyof CallResults, reason: unknown): void {
    const call = this.#waiting[kind];
    delete this.#waiting[kind];
    call?.reject(reason);
  }

  /** Fails all calls because nobody hears of them any more. */
  abandon(reason: unknown): void {
    this.isToEnd = "end" in this.#waiting;
    this.isToSignOut = "signOut" in this.#waiting;
    this.reject(reason);
  }

  /** Fails all calls: an error belongs to whatever was asked for last, and nothing may wait for ever. */
  reject(reason: unknown): void {
    const waiting = this.#waiting;
    this.#waiting = Object.create(null);
    for (const kind in waiting) waiting[kind as keyof CallResults]?.reject(reason);
  }
}
