/**
 * Files in the conversation. A picture is drawn by the browser's own decoder onto a canvas: unlike an image's address, that needs
 * no permission from the website's policy. Nothing of it is fetched before it is nearly seen.
 */
import { URL } from "../natives";
import { make } from "./make";
import type { Attachment, FileServer } from "./server";
import { type FileWords, fillIn, sizeIn } from "./words";

/** The most of the panel that a picture takes, in pixels. */
const MOST = { width: 240, height: 200 };

/** Draws files in place of their names. */
export class Drawn {
  readonly #seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      this.#seen.unobserve(target);
      this.#draws.get(target)?.();
    }
  });
  readonly #draws = new WeakMap<Element, () => void>();

  /** Shows a file in a bubble. */
  show(bubble: Element, file: Attachment, server: FileServer, words: FileWords, tag: string): void {
    const saving = () => void save(server, file);
    const label = fillIn(words.save, { name: file.name });
    const { width, height } = file;
    if (width && height) {
      const scale = Math.min(1, MOST.width / width, MOST.height / height);
      const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
      const canvas = make("canvas", { class: "preview", role: "img", "aria-label": file.name, ...size });
      const button = make("button", { type: "button", class: "file", title: label, onclick: saving }, canvas);
      bubble.classList.add("pictured");
      bubble.replaceChildren(button);
      this.#draws.set(button, () => void draw(canvas, server, file));
      this.#seen.observe(button);
      return;
    }
    const name = make("bdi", {}, file.name);
    const size = make("span", { class: "size" }, sizeIn(tag, file.bytes));
    bubble.replaceChildren(make("button", { type: "button", class: "file named", title: label, onclick: saving }, name, " ", size));
  }

  /** Ends what waits to be seen. */
  dispose(): void {
    this.#seen.disconnect();
  }
}

async function draw(canvas: HTMLCanvasElement, server: FileServer, file: Attachment): Promise<void> {
  try {
    const picture = await createImageBitmap(await server.read(file.id));
    // As sharp as the screen is.
    const scale = Math.min(devicePixelRatio || 1, picture.width / canvas.width);
    const { width, height } = canvas;
    canvas.style.setProperty("aspect-ratio", `${width} / ${height}`);
    canvas.style.setProperty("width", `${width}px`);
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
  } catch {
    // It cannot be had, or is none that this browser knows: its name is there, and it can be saved.
    canvas.replaceWith(make("bdi", {}, file.name));
  }
}

/** The address of the last file that was saved. */
let saved = "";

/** Has the browser save a file. */
async function save(server: FileServer, { id, name }: Attachment): Promise<void> {
  try {
    const href = URL.createObjectURL(await server.read(id));
    make("a", { href, download: name }).click();
    // The browser has read the one before by now.
    if (saved) URL.revokeObjectURL(saved);
    saved = href;
  } catch {
    // The connection is gone, which the panel says by itself.
  }
}
