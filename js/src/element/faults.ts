/** Why there is no chat, as the page is told: what its attributes lack, and what its loading ran into. */
import { ChatError } from "../errors";

/** The server's address, absolute, against the page's; nothing when it is none that a browser can ask. */
export function serverAddress(server: string): string | undefined {
  // Not by `URL`, which many a page has for something of its own.
  const link = document.createElement("a");
  link.href = server;
  return /^https?:$/.test(link.protocol) ? link.href.replace(/\/+$/, "") : undefined;
}

/** What is wrong, as a sentence that names the attribute. The engine and the server judge again. */
export function configurationFault(widget: string, server: string, isInPage: unknown): ChatError | undefined {
  let what = "";
  if (!isInPage) what = " is not in a page.";
  else if (!widget) what = ": the attribute `widget` is no widget's id, wgt_….";
  else if (!server || !serverAddress(server)) what = ": the attribute `server` is no http(s) address.";
  return what ? new ChatError({ code: "configuration-invalid", message: `<bonafide-chat>${what}`, retryable: false }) : undefined;
}

/** Why the chat could not be had, as what was thrown; `isLoaded` when it was there, and did not fit the page. */
export function chatFault(cause: unknown, isLoaded: boolean): ChatError {
  if (cause instanceof ChatError) return cause;
  const [code, message] = isLoaded
    ? (["internal", `does not run here: ${cause}`] as const)
    : (["network-unreachable", "could not be loaded: check the network and the page's script-src directive, or reload it."] as const);
  return new ChatError({ code, message: `The chat ${message}`, retryable: true }, cause);
}
