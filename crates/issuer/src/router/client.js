// Defines auth.getAuthenticationToken(callback), which a chat widget calls when a visitor opens the chat:
//   signed in      callback(token)
//   not signed in  callback(null)
//   failed         callback(null, error)
//
// <script src="/_services/auth/client.js" data-client-id="…"></script>  (the client id is optional)
(() => {
  "use strict";

  const script = document.currentScript;
  const endpoint = new URL("token", script?.src || new URL("/_services/auth/client.js", location.href));
  const clientId = script?.dataset.clientId;
  if (clientId) {
    endpoint.searchParams.set("client_id", clientId);
  }

  async function fetchToken() {
    const answer = await fetch(endpoint, { cache: "no-store", credentials: "same-origin" });
    // "Nobody is signed in" comes as a header on status 200: browsers log every 401 as a failure of the page.
    if (answer.status === 401 || answer.headers.has("X-Responded-JSON")) {
      return null;
    }
    const body = await answer.text();
    if (!answer.ok) {
      throw new Error(`The token endpoint answered ${answer.status}: ${body}`);
    }
    return body;
  }

  // Other scripts of the website may keep things of their own in `auth`.
  globalThis.auth ??= {};
  globalThis.auth.getAuthenticationToken = (callback) => {
    fetchToken().then(
      (token) => callback(token),
      (error) => callback(null, error),
    );
  };
})();
