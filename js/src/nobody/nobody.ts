/**
 * Says that nobody is there now, in a chat that waits where nobody serves the queue: it has no place in line then. Loaded where that
 * is so, with its words in all languages: whoever is served at once needs neither. It shares no code with the chat: what that
 * exports for it, everybody would load.
 */
import type { PanelHost } from "../panel/host";

const en = "Nobody is here at the moment. Leave a message: it will be read.";

const words: Record<string, string> = {
  ar: "لا يوجد أحد هنا في الوقت الحالي. اترك رسالة وسنقرأها.",
  de: "Im Moment ist niemand da. Hinterlassen Sie eine Nachricht: Sie wird gelesen.",
  es: "No hay nadie en este momento. Deje un mensaje: lo leeremos.",
  fr: "Personne n’est là pour le moment. Laissez un message : il sera lu.",
  ja: "ただいま担当者がいません。メッセージを残していただければ、確認いたします。",
};

/** The sentence in a language, or in English. */
export const sentenceFor = (tag: string): string => words[tag.slice(0, 2).toLowerCase()] ?? en;

/** Puts the sentence into a panel, while it is true. Returns what takes it out again. */
export function begin({ chat, base }: PanelHost): () => void {
  const root = base.getRootNode() as ShadowRoot;
  const line = document.createElement("p");
  line.className = "note";
  line.setAttribute("part", "nobody");
  // Read aloud when it comes, also to those who look elsewhere.
  line.setAttribute("role", "status");
  const draw = () => {
    // Where the place in line stands at other times. The panel makes it anew in another language.
    const place = root.querySelector(".note");
    if (place && place !== line && line.previousElementSibling !== place) place.after(line);
    const { phase, position } = chat.view;
    const isTrue = phase === "waiting" && !position;
    const text = isTrue ? sentenceFor(root.querySelector<HTMLElement>(".inner")?.lang || "en") : "";
    if (line.textContent !== text) line.textContent = text;
  };
  const observer = new MutationObserver(draw);
  observer.observe(base, { childList: true, subtree: true });
  const stop = chat.on("view", draw);
  draw();
  return () => {
    stop();
    observer.disconnect();
    line.remove();
  };
}
