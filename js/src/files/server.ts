/**
 * What the part for files asks of the server, with the session that the engine keeps for the tab. Where the tab keeps nothing,
 * there are no files: what messages say of them is still shown.
 */

import { fetch, Promise, parse } from "../natives";

/** A file that a message brings, as the server tells of it. */
export interface Attachment {
  id: string;
  name: string;
  type: string;
  bytes: number;
  width?: number;
  height?: number;
}

/** Which files may be sent. */
export interface FilePolicy {
  maxBytes: number;
  types: string[];
}

interface StoredMessage {
  clientId: string;
  seq: number;
  attachment?: Attachment;
}

/** Why a file did not arrive: the server's code, or none where there was no answer. */
export class Unsent extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** A way to call something off, once or before it is under way. */
export interface Stop {
  isStopped: boolean;
  abort?: () => void;
}

/** One conversation's files. */
export class FileServer {
  readonly #base: string;
  readonly #secret: string;
  readonly conversation: string;

  private constructor(server: string, conversation: string, secret: string) {
    this.#base = `${server}/api/v1/conversations/${encodeURIComponent(conversation)}`;
    this.conversation = conversation;
    this.#secret = secret;
  }

  /** For the conversation of this tab; nothing where the tab keeps none. */
  static of(server: string, widget: string): FileServer | undefined {
    try {
      const { conversation, secret } = parse(sessionStorage.getItem(`bonafide:${widget}`) ?? "").session;
      return new FileServer(server, conversation, secret);
    } catch {
      return undefined;
    }
  }

  /** Which files a chat widget takes. */
  static async policy(server: string, widget: string): Promise<FilePolicy | undefined> {
    const answer = await fetch(`${server}/api/v1/widgets/${encodeURIComponent(widget)}`);
    return answer.ok ? (await answer.json()).files : undefined;
  }

  /**
   * The files of the messages after a number, by their client ids; and the number of the last of these messages. Rejects where
   * they cannot be read: then nothing is known of them.
   */
  async attachments(after: number): Promise<{ found: [string, Attachment][]; last: number }> {
    const found: [string, Attachment][] = [];
    for (let last = after; ; ) {
      const answer = await fetch(`${this.#base}/messages?after=${last}`, { headers: this.#headers });
      if (!answer.ok) throw new Unsent("");
      const { items, more }: { items: StoredMessage[]; more: boolean } = await answer.json();
      for (const { clientId, seq, attachment } of items) {
        last = seq;
        if (attachment) found.push([clientId, attachment]);
      }
      if (!more || items.length === 0) return { found, last };
    }
  }

  /** What a file holds. */
  async read(id: string): Promise<Blob> {
    const answer = await fetch(`${this.#base}/files/${encodeURIComponent(id)}`, { headers: this.#headers });
    if (!answer.ok) throw new Unsent("");
    return answer.blob();
  }

  /** Sends a file. By XMLHttpRequest, as `fetch` does not tell how much of a body has gone. Rejects with an {@link Unsent}. */
  send(clientId: string, file: File, stop: Stop, onProgress: (share: number) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", `${this.#base}/files?clientId=${encodeURIComponent(clientId)}`);
      request.setRequestHeader("Authorization", this.#headers.Authorization);
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.setRequestHeader("File-Name", encodeURIComponent(file.name.replace(/\p{Surrogate}/gu, "\ufffd")));
      request.responseType = "json";
      request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
      request.onload = () => {
        const { status, response } = request;
        // A proxy that lets less through than the server says so in its own way.
        if (status === 201) resolve();
        else reject(new Unsent(`${response?.code ?? (status === 413 ? "payload-too-large" : "")}`));
      };
      request.onerror = () => reject(new Unsent(""));
      stop.abort = () => {
        request.abort();
        reject(new Unsent("aborted"));
      };
      request.send(file);
    });
  }

  get #headers() {
    return { Authorization: `Bearer ${this.#secret}` };
  }
}
