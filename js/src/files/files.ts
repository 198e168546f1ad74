/**
 * The part of the panel for files: picks, takes and sends them, and shows those that messages bring. Loaded where the chat widget
 * takes files. It shares no code with the chat: what that exports for it, everybody would load.
 *
 * The engine knows nothing of files: to it, a file is a message with a name. So this asks the server itself, with the tab's session.
 */
import { native } from "../engine/pkg/taken";
import type { PanelHost } from "../panel/host";
import { Drawn } from "./drawn";
import css from "./files.css?inline";
import { icon, make } from "./make";
import { type Attachment, type FilePolicy, FileServer } from "./server";
import { Uploads } from "./uploads";
import { type FileWords, wordsFor } from "./words";

// As `natives` gives them, which would have to hold them for everybody.
const { CSSStyleSheet, MutationObserver }: typeof globalThis = native;

/** What a message says that brings a file: its name, which ends as names of such files do. */
const NAMED = /^.{1,60}\.(png|jpe?g|webp|gif|pdf)$/iu;

/** A clip, drawn as a line. */
const CLIP = "m8 12.5 6-6a3 3 0 0 1 4.2 4.2l-7.5 7.5a5 5 0 0 1-7-7l7-7";

/** Puts the part into a panel. Returns what takes it out again. */
export function begin({ chat, base, element }: PanelHost): () => void {
  const root = base.getRootNode() as ShadowRoot;
  const uploads = new Uploads();
  const drawn = new Drawn();
  /** The files of messages, by these; `null` for one that only looks as if it brought a file. */
  let known = nothing();
  const { server: origin } = element;
  let policy: FilePolicy | undefined;
  let server: FileServer | undefined;
  let last = 0;
  let isReading = false;
  let isOver = false;
  const tag = () => root.querySelector<HTMLElement>(".inner")?.lang || "en";
  const words = (): FileWords => wordsFor(tag());

  const style = new CSSStyleSheet();
  style.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, style];

  const input = make("input", {
    type: "file",
    class: "picker",
    multiple: true,
    hidden: true,
    onchange: () => {
      take(input.files);
      // The same file may be picked again.
      input.value = "";
    },
  });
  const attach = make("button", { type: "button", class: "attach", part: "attach", onclick: () => input.click() }, icon(CLIP));

  const canSend = () => Boolean(policy && server && /waiting|active/.test(chat.view.phase));

  function take(files: FileList | null | undefined): void {
    if (!canSend() || !policy || !server) return;
    for (const file of files ?? []) uploads.add(file, server, policy, words(), tag());
  }

  /** The conversation of the moment; of another one, nothing is known. */
  function look(): void {
    const now = /waiting|active|ended/.test(chat.view.phase) ? FileServer.of(origin, chat.widget) : undefined;
    if (now?.conversation !== server?.conversation && (now || !/ended/.test(chat.view.phase))) {
      known = nothing();
      uploads.clear();
      last = 0;
      server = now;
    }
    arrange();
  }

  /** Puts everything in its place; where it is there already, nothing changes. */
  function arrange(): void {
    const field = root.querySelector(".composer .field");
    const send = field?.querySelector(".send");
    if (field && send) {
      attach.hidden = !canSend();
      if (attach.nextElementSibling !== send) send.before(attach);
      if (input.nextElementSibling !== field) field.before(uploads.root, input);
      const label = words().attach;
      if (attach.title !== label) {
        attach.title = label;
        attach.setAttribute("aria-label", label);
      }
    }
    show();
  }

  /** Shows files in place of their names, and asks for those that are not known. */
  function show(): void {
    if (!server) return;
    const rows = root.querySelectorAll(".rows > .row");
    let isMissing = false;
    for (const [index, { clientId, text, sentAt }] of chat.messages.entries()) {
      if (!sentAt || !NAMED.test(text)) continue;
      const file = known[clientId];
      const bubble = rows[index]?.querySelector<HTMLElement>(".bubble");
      if (file === undefined) isMissing = true;
      else if (file && bubble && bubble.dataset.file !== file.id) {
        bubble.dataset.file = file.id;
        drawn.show(bubble, file, server, words(), tag());
      }
    }
    if (isMissing) void read(server);
  }

  async function read(from: FileServer): Promise<void> {
    if (isReading) return;
    isReading = true;
    const asked = chat.messages.filter(({ sentAt }) => sentAt).map(({ clientId }) => clientId);
    try {
      const { found, last: read } = await from.attachments(last);
      if (isOver || from !== server) return;
      last = read;
      for (const [clientId, file] of found) known[clientId] = file;
      for (const clientId of asked) known[clientId] ??= null;
    } catch {
      // The next message asks again.
      return;
    } finally {
      isReading = false;
    }
    show();
  }

  const hasFiles = ({ dataTransfer }: DragEvent) => canSend() && Boolean(dataTransfer?.types.includes("Files"));
  const drag = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    if (event.type === "drop") take(event.dataTransfer?.files);
  };
  const paste = (event: ClipboardEvent) => {
    const { clipboardData } = event;
    // A copied table is text and a picture: the text is meant.
    if (!canSend() || !clipboardData?.files.length || clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    take(clipboardData.files);
  };
  base.addEventListener("dragover", drag);
  base.addEventListener("drop", drag);
  base.addEventListener("paste", paste);
  // The panel draws itself anew in another language, and rows as messages come.
  const observer = new MutationObserver(arrange);
  observer.observe(base, { childList: true, subtree: true });
  const stop = chat.on("view", look);

  void FileServer.policy(origin, chat.widget).then(
    (given) => {
      policy = given;
      input.accept = given?.types.join(",") ?? "";
      if (!isOver) look();
    },
    () => {},
  );
  look();

  return () => {
    isOver = true;
    stop();
    observer.disconnect();
    uploads.clear();
    drawn.dispose();
    base.removeEventListener("dragover", drag);
    base.removeEventListener("drop", drag);
    base.removeEventListener("paste", paste);
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== style);
  };
}

/** Without what all objects have: a client id may be any word. */
const nothing = () => ({ __proto__: null }) as unknown as Record<string, Attachment | null>;
