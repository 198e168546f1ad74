/**
 * The way back from a sign-in on another page. Loaded by those who went there, for whom the tab's storage works. It shares no
 * code with the chat: what that exports for it, everybody would load.
 */
import type { ChatError } from "../errors";
import type { PanelHost } from "./host";

/**
 * The visitor left to sign in, and here is a page again: asks for a token once, and opens the chat where there is one. Where
 * there is none, this may be the page to sign in on: nothing is put over it, and the next page asks.
 *
 * A conversation of before is only waited for, as it is taken up by itself: who asks for one and is not signed in may be given
 * an anonymous one in its place.
 */
export function begin({ chat, open }: PanelHost): () => void {
  const key = `bonafide:${chat.widget}`;
  let isAsked = false;
  const look = (): void => {
    const { phase, identity } = chat.view;
    const isThere = /waiting|active|ended/.test(phase);
    if (phase === "failed" || (isThere && identity !== "none")) return done();
    const isMissing = /idle|ready/.test(phase) && !sessionStorage.getItem(key);
    if (isAsked || !(isThere || isMissing)) return;
    isAsked = true;
    if (isMissing) void chat.start();
    else chat.authenticate().then(done, ({ code }: ChatError) => code === "token-not-provided" || done());
  };
  const stop = chat.on("view", look);
  const done = (): void => {
    stop();
    sessionStorage.removeItem(`${key}:sign-in`);
    open();
  };
  look();
  return stop;
}
