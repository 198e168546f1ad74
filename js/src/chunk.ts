/**
 * Loads the chat for the script tag. Where the server has another version by now, its files are gone: the script is asked for
 * their present names once. A chat of another version is taken only where it fits this page's loader and the engine's
 * interface; otherwise the page has to be loaded anew, and the error says so.
 */
import type { ChatModule } from "./element/module";
import { ChatError } from "./errors";
import { fetch } from "./natives";

/** Address of the lazy chunk, relative to the script, and after a `#` what it must fit; the build fills it in. */
declare const __CHAT_CHUNK__: string;

/** The same in the script of any version. */
const NAMED = /(assets\/chat-[\w-]+\.js)#(\w+)/;

/** Gives the function that loads it from the script's folder, and one for what another version has in its place. */
export function chunk(home: string) {
  const [, ours, fits] = NAMED.exec(__CHAT_CHUNK__) as unknown as [string, string, string];
  let failures = 0;

  /** The chat of the server's present version; nothing where that is this page's. */
  async function newer(): Promise<ChatModule | undefined> {
    const text = await (await fetch(`${home}embed.js`)).text();
    const [, name = ours, fit] = NAMED.exec(text) ?? [];
    if (name === ours) return undefined;
    if (fit === fits) return await import(/* @vite-ignore */ home + name);
    throw new ChatError({ code: "unavailable", message: "The server has another version: reload the page.", retryable: false });
  }

  async function load(): Promise<ChatModule> {
    try {
      // A browser may remember that a module failed to load; another address makes the next attempt a real one.
      return await import(/* @vite-ignore */ home + ours + (failures ? `?attempt=${failures}` : ""));
    } catch (cause) {
      failures++;
      const found = await newer();
      if (!found) throw cause;
      return found;
    }
  }

  return { load, newer };
}
