// The files of one conversation that are on their way or did not arrive. Sent one after the other, so that they arrive as they
// were picked. They go on when another conversation is looked at; a reload ends them, as a page cannot keep a file.
import type { QueryClient } from "@tanstack/react-query";
import { ApiProblem, asProblem } from "../../api/problem";
import type { FilePolicy } from "../../api/types";
import { sessionLost } from "../../session/session";
import { beforeForgotten } from "../../session/unfinished";
import { formatBytes } from "../../shell/bytes";
import { sendFile } from "../filesApi";
import { addMessages } from "../live/applyEvent";
import { newClientId } from "./clientId";

export interface Upload {
  clientId: string;
  file: File;
  /** How much of it has gone, in bytes. */
  sent: number;
  /** Why it did not arrive; null while it is on its way. */
  failure: string | null;
  /** Whether sending it again can help. */
  canRetry: boolean;
}

export class Uploads {
  #cache: QueryClient;
  #conversation: string;
  #all: readonly Upload[] = [];
  #last: Promise<void> = Promise.resolve();
  #listeners = new Set<() => void>();
  #stops = new Map<string, AbortController>();
  #isStopped = false;

  constructor(cache: QueryClient, operator: string, conversation: string) {
    this.#cache = cache;
    this.#conversation = conversation;
    beforeForgotten((but) => {
      if (but === operator) return;
      this.#isStopped = true;
      for (const stop of this.#stops.values()) stop.abort();
      this.#change([]);
    });
  }

  /** Its operator has left: it sends nothing more. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  get all(): readonly Upload[] {
    return this.#all;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Sends files, but for those that the server would refuse for their size. What they are, it judges itself. */
  add(files: readonly File[], { maxBytes }: FilePolicy): void {
    for (const file of files) {
      const isTooLarge = file.size > maxBytes;
      const failure = isTooLarge ? tooLarge(file, maxBytes) : null;
      const upload = {
        clientId: newClientId(),
        file,
        sent: 0,
        failure,
        canRetry: false,
      };
      this.#change([...this.#all, upload]);
      if (!isTooLarge) this.#send(upload);
    }
  }

  /** Sends one again that did not arrive. */
  retry(clientId: string): void {
    const upload = this.#all.find((other) => other.clientId === clientId);
    if (upload === undefined || upload.failure === null) return;
    const again = { ...upload, sent: 0, failure: null };
    this.#put(again);
    this.#send(again);
  }

  /** Takes one out: what is under way is given up. The server may have it by then; it shows in the conversation if so. */
  remove(clientId: string): void {
    this.#stops.get(clientId)?.abort();
    // One that has not begun is passed over when its turn comes.
    this.#stops.delete(clientId);
    this.#change(this.#all.filter((other) => other.clientId !== clientId));
  }

  #send(upload: Upload): void {
    const { clientId, file } = upload;
    const stop = new AbortController();
    this.#stops.set(clientId, stop);
    this.#last = this.#last.then(async () => {
      if (stop.signal.aborted) return;
      try {
        const onProgress = (sent: number) => this.#put({ ...upload, sent });
        const message = await sendFile(this.#conversation, clientId, file, {
          onProgress,
          signal: stop.signal,
        });
        addMessages(this.#cache, this.#conversation, [message]);
        this.#change(this.#all.filter((other) => other.clientId !== clientId));
      } catch (error) {
        if (stop.signal.aborted) return;
        if (error instanceof ApiProblem && error.isSessionOver) sessionLost(this.#cache);
        const problem = asProblem(error);
        // What the server says of the file itself stays true.
        const canRetry = problem.code !== "invalid-request" && problem.code !== "payload-too-large";
        this.#put({
          ...upload,
          failure: problem.fields[0]?.message ?? problem.message,
          canRetry,
        });
      } finally {
        this.#stops.delete(clientId);
      }
    });
  }

  #put(upload: Upload): void {
    this.#change(this.#all.map((other) => (other.clientId === upload.clientId ? upload : other)));
  }

  #change(all: readonly Upload[]): void {
    this.#all = all;
    for (const listener of this.#listeners) listener();
  }
}

function tooLarge({ name, size }: File, most: number): string {
  const exactly = (bytes: number) => `${bytes.toLocaleString("en-US")} bytes`;
  const written = formatBytes(size) === formatBytes(most) ? exactly : formatBytes;
  return `${name} has ${written(size)}; at most ${written(most)} are taken.`;
}

const known = new WeakMap<QueryClient, Map<string, Uploads>>();

/** The uploads of a conversation in this page. */
export function uploadsOf(cache: QueryClient, operator: string, conversation: string): Uploads {
  const all = known.get(cache) ?? new Map<string, Uploads>();
  known.set(cache, all);
  const key = `${operator} ${conversation}`;
  const found = all.get(key);
  // They may have signed in anew.
  const uploads = found && !found.isStopped ? found : new Uploads(cache, operator, conversation);
  all.set(key, uploads);
  return uploads;
}
