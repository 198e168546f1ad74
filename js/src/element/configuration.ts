/** Judges the two attributes without which there is no chat. The engine and the server judge again. */

/** The server's address, absolute, against the page's; nothing when it is none that a browser can ask. */
export function serverAddress(server: string): string | undefined {
  try {
    const { protocol, href } = new URL(server, document.baseURI);
    return /^https?:$/.test(protocol) ? href.replace(/\/+$/, "") : undefined;
  } catch {
    return undefined;
  }
}

/** What is wrong, as a sentence that names the attribute. */
export function configurationFault(widget: string, server: string): string | undefined {
  if (!widget) return "The attribute `widget` of <bonafide-chat> is not the chat widget's id, wgt_….";
  if (!server || !serverAddress(server)) return "The attribute `server` of <bonafide-chat> is not the chat server's http or https address.";
  return undefined;
}
