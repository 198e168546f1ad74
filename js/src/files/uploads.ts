/** Files on their way: one after the other, each with how far it got, a way to call it off, and why it did not arrive. */
import { Promise } from "../natives";
import { make } from "./make";
import { type FilePolicy, type FileServer, type Stop, Unsent } from "./server";
import { type FileWords, fillIn, sizeIn } from "./words";

/** Sends files, and shows them in `root` until they are messages. */
export class Uploads {
  readonly root = make("div", { class: "uploads" });
  #last: Promise<void> = Promise.resolve();
  #stops: Stop[] = [];

  /** Sends one. `words` are those of the moment. */
  add(file: File, server: FileServer, policy: FilePolicy, words: FileWords, tag: string): void {
    const values = {
      name: file.name,
      size: sizeIn(tag, policy.maxBytes),
      types: policy.types.map((type) => type.replace(/.*\//, "").toUpperCase()).join(", "),
    };
    const clientId = `file-${Date.now()}-${Math.random().toString(36).slice(2)}`;
    const line = make("div", { class: "upload" });
    this.root.append(line);
    const button = (text: string, onclick: () => void) =>
      make("button", { type: "button", class: "text", "aria-label": `${text}: ${file.name}`, onclick }, text);
    const fail = (why: string, canRetry: boolean) => {
      const discard = button(words.discard, () => line.remove());
      const again = canRetry ? [button(words.again, send), " "] : [];
      line.setAttribute("role", "alert");
      line.replaceChildren(make("span", {}, `${words.unsent}: ${fillIn(why, values)}`), " ", ...again, discard);
    };
    const send = () => {
      const stop: Stop = { isStopped: false };
      this.#stops.push(stop);
      const progress = make("progress", { max: 1, value: 0, "aria-label": fillIn(words.sending, values) });
      const cancel = button(words.cancel, () => {
        callOff(stop);
        line.remove();
      });
      line.removeAttribute("role");
      line.replaceChildren(make("bdi", {}, file.name), progress, cancel);
      this.#last = this.#last.then(async () => {
        try {
          if (stop.isStopped) return;
          await server.send(clientId, file, stop, (share) => {
            progress.value = share;
          });
          line.remove();
        } catch (error) {
          if (stop.isStopped) return;
          const code = error instanceof Unsent ? error.code : "";
          if (code === "payload-too-large") fail(words.tooLarge, false);
          else if (code === "invalid-request") fail(words.wrong, false);
          else if (/conflict|forbidden/.test(code)) fail(words.full, false);
          else fail(words.network, true);
        } finally {
          this.#stops = this.#stops.filter((other) => other !== stop);
        }
      });
    };
    if (file.size > policy.maxBytes) fail(words.tooLarge, false);
    else send();
  }

  /** Calls everything off. */
  clear(): void {
    for (const stop of this.#stops) callOff(stop);
    this.root.replaceChildren();
  }
}

function callOff(stop: Stop): void {
  stop.isStopped = true;
  stop.abort?.();
}
