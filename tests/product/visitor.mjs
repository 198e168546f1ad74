// A visitor without a browser: starts conversations over HTTP, as the widget does.

/**
 * Starts a conversation, whatever the answer.
 * @param {string} server
 * @param {string} widget
 * @param {{ token?: string, origin?: string, context?: Record<string, unknown>, headers?: Record<string, string> }} [visit]
 * @returns {Promise<{ status: number, body: any, headers: Headers }>}
 */
export async function startConversation(server, widget, { token, context, headers, origin = "https://shop.example.com" } = {}) {
  const answer = await fetch(`${server}/api/v1/widgets/${widget}/conversations`, {
    method: "POST",
    headers: { "content-type": "application/json", origin, ...headers },
    body: JSON.stringify({
      ...(token !== undefined && { token }),
      ...(context !== undefined && { context }),
      page: { url: `${origin}/cart`, title: "Cart", locale: "en" },
    }),
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}
