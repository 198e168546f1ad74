/** The way back from a sign-in on another page. Loaded by those who went there. */
import type { ChatError } from "../errors";
import type { PanelHost } from "./host";

/**
 * The visitor left to sign in, and here is a page again: asks for a token once, and opens the chat where there is one. Where
 * there is none, this may be the page to sign in on: nothing is put over it, and the next page asks.
 */
export async function comeBack({ chat, open }: PanelHost): Promise<void> {
  try {
    const { authenticated } = await chat.start();
    if (!authenticated) await chat.authenticate();
  } catch (error) {
    if ((error as ChatError).code === "token-not-provided") return;
  }
  sessionStorage.removeItem(`bonafide:${chat.widget}:sign-in`);
  open();
}
