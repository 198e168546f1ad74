/**
 * Says that nobody is there now, in a chat that waits where nobody serves the queue: it has no place in line then. Loaded where that
 * is so, with its words in all languages: whoever is served at once needs neither. It shares no code with the chat: what that
 * exports for it, everybody would load.
 */
import { native } from "../engine/pkg/taken";
import type { PanelHost } from "../panel/host";

// As `natives` gives them, which would have to hold them for everybody.
const { MutationObserver, setTimeout }: typeof globalThis = native;

const en = "Nobody is here at the moment. Leave a message: it will be read.";

const words: Record<string, string> = {
  ar: "لا يوجد أحد هنا في الوقت الحالي. اترك رسالة وسنقرأها.",
  de: "Im Moment ist niemand da. Hinterlassen Sie eine Nachricht: Sie wird gelesen.",
  es: "No hay nadie en este momento. Deje un mensaje: lo leeremos.",
  fr: "Personne n’est là pour le moment. Laissez un message : il sera lu.",
  ja: "ただいま担当者がいません。メッセージを残していただければ、確認いたします。",
};

/** How long a region is there before it says something, in milliseconds. */
const SPOKEN_AFTER = 100;

/** The sentence in a language, or in English. */
export const sentenceFor = (tag: string): string => words[tag.slice(0, 2).toLowerCase()] ?? en;

/** Puts the sentence into a panel, while it is true. Returns what takes it out again. */
export function begin({ chat, base, element }: PanelHost): () => void {
  const root = base.getRootNode() as ShadowRoot;
  const line = document.createElement("p");
  line.className = "note";
  line.setAttribute("part", "nobody");
  // Read aloud when it comes, also to those who look elsewhere. A region of its own, which is there before its words: of one that
  // comes with them, or that was not rendered, screen readers commonly say nothing.
  const spoken = document.createElement("div");
  spoken.className = "quiet";
  spoken.setAttribute("role", "status");
  let isOver = false;
  const speak = () => {
    if (!isOver && spoken.textContent !== line.textContent) spoken.textContent = line.textContent;
  };
  const draw = () => {
    // Where the place in line stands at other times. The panel makes it anew in another language.
    const place = root.querySelector(".note");
    if (place && place !== line && line.previousElementSibling !== place) place.after(line);
    const inner = root.querySelector<HTMLElement>(".inner");
    if (inner && spoken.parentNode !== inner) inner.append(spoken);
    const { phase, position } = chat.view;
    const isTrue = phase === "waiting" && !position;
    const text = isTrue ? `${element.strings.nobody ?? sentenceFor(inner?.lang || "en")}` : "";
    if (line.textContent === text) return;
    line.textContent = text;
    setTimeout(speak, SPOKEN_AFTER);
  };
  const observer = new MutationObserver(draw);
  observer.observe(base, { childList: true, subtree: true });
  const stop = chat.on("view", draw);
  draw();
  return () => {
    isOver = true;
    stop();
    observer.disconnect();
    line.remove();
    spoken.remove();
  };
}
