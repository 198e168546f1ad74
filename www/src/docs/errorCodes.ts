// Every error code in words: what happened, and what to do. A code of the wire that is missing here, or one here that
// the wire does not know, fails to compile.
import type { ErrorCode } from "../api/types";

export type RaisedBy = "page" | "token" | "keys" | "server";

export interface ErrorExplanation {
  raisedBy: RaisedBy;
  /** HTTP status of the server's answer; null for what never leaves the page. */
  status: number | null;
  /** The number that pages written for `lcw:error` expect. */
  lcw: 2 | 3 | 4 | 7 | 8;
  means: string;
  /** What the website's developer or the administrator does about it. */
  remedy: string;
}

export const errorCodes = {
  "configuration-invalid": {
    raisedBy: "page",
    status: null,
    lcw: 7,
    means: "An attribute of the script tag or the element, or an option of createChat, is missing or wrong.",
    remedy: "The message names it. Compare with the snippet on the chat widget's page.",
  },
  "wasm-blocked": {
    raisedBy: "page",
    status: null,
    lcw: 7,
    means: "The page's Content-Security-Policy forbids WebAssembly.",
    remedy: "Add 'wasm-unsafe-eval' to script-src. It does not allow eval.",
  },
  "network-unreachable": {
    raisedBy: "page",
    status: null,
    lcw: 7,
    means: "There was no answer from the chat server: no connection, a blocked request, or the server is down.",
    remedy: "Check connect-src in the page's policy and that the server's address is right. The chat tries again by itself.",
  },
  "client-function-not-found": {
    raisedBy: "page",
    status: null,
    lcw: 8,
    means: "The page has no function at the configured name when the chat needs it.",
    remedy:
      "The message names the missing part. Names made with const or let at the top of a script are not properties of window; assign to window instead.",
  },
  "client-function-failed": {
    raisedBy: "page",
    status: null,
    lcw: 2,
    means: "The client function threw, its promise failed, or it called back with an error.",
    remedy: "What it threw is the cause of the error event, for your own console only. Look there.",
  },
  "client-function-timeout": {
    raisedBy: "page",
    status: null,
    lcw: 2,
    means: "The client function did not call back within 10 seconds.",
    remedy: "Call back on every path: also when the token endpoint answers 401 or 500, and when the request fails.",
  },
  "token-not-provided": {
    raisedBy: "page",
    status: 401,
    lcw: 3,
    means: "The client function called back with null, undefined or an empty string: nobody is signed in.",
    remedy:
      "Expected for signed-out visitors. To let them chat anonymously, set the widget's sign-in to optional; else lead them to your sign-in page.",
  },
  "token-malformed": {
    raisedBy: "token",
    status: 401,
    lcw: 4,
    means: "This is not a token: three parts of base64url without padding, joined by dots, each holding what a JWT holds.",
    remedy:
      "Give the token's text alone, without quotes, a scheme such as Bearer, or JSON around it. At most 64 KiB. The audit names the character that does not belong, and its place.",
  },
  "token-algorithm-unsupported": {
    raisedBy: "token",
    status: 401,
    lcw: 4,
    means: "The token's alg is not RS256.",
    remedy: "Sign with your RSA private key and RS256. HS256, PS256, ES256 and none are never accepted.",
  },
  "token-key-unknown": {
    raisedBy: "token",
    status: 401,
    lcw: 4,
    means:
      "The public key URL has no key for this token: its kid is not published, or on an entry that cannot be used, or it names none and there are several keys.",
    remedy:
      "Publish the key before you sign with it, and say its kid in the token's header, letter by letter. The audit names the published ids, or what is wrong with the entry.",
  },
  "token-key-expired": {
    raisedBy: "token",
    status: 401,
    lcw: 4,
    means: "The key that the token names is past the expiry that the website published with it.",
    remedy: "Sign with a key that has not expired, or publish a later expiry.",
  },
  "token-signature-invalid": {
    raisedBy: "token",
    status: 401,
    lcw: 4,
    means: "The signature does not fit the published key: another key signed, or the token was changed.",
    remedy: "Check that the published key belongs to the private key in use. Test shows its fingerprint.",
  },
  "token-claim-missing": {
    raisedBy: "token",
    status: 401,
    lcw: 4,
    means: "One of iss, sub, iat and exp is absent.",
    remedy: "Claim names are lower case: sub, not SubId. The audit names the missing one.",
  },
  "token-claim-invalid": {
    raisedBy: "token",
    status: 401,
    lcw: 4,
    means: "A claim has a value that is not allowed, or iss or aud is not what the setting expects.",
    remedy: "Times are numbers in seconds, not milliseconds and not text; iss and sub are texts that are not blank.",
  },
  "token-expired": {
    raisedBy: "token",
    status: 401,
    lcw: 4,
    means: "The token's exp has passed, also with the setting's leeway.",
    remedy: "Make a new token at each call of the client function instead of keeping one, and check the server's clock.",
  },
  "token-not-yet-valid": {
    raisedBy: "token",
    status: 401,
    lcw: 4,
    means: "The token's nbf or iat lies in the future by more than the setting's leeway.",
    remedy: "Set the website's clock by NTP. The leeway is up to 300 seconds.",
  },
  "token-context-invalid": {
    raisedBy: "token",
    status: 401,
    lcw: 4,
    means: "lwicontexts is not one JSON object of simple values within the limits.",
    remedy: "Up to 100 names of at most 100 characters, texts of at most 4,000, no lists or objects inside, no name twice.",
  },
  "token-replayed": {
    raisedBy: "token",
    status: 401,
    lcw: 4,
    means: "The setting accepts each token once, and this jti was seen before.",
    remedy: "Make a new token with a new jti at each call of the client function.",
  },
  "keys-unavailable": {
    raisedBy: "keys",
    status: 503,
    lcw: 4,
    means: "The public key URL could not be read, and no usable keys are kept from before.",
    remedy: "Run Test on the authentication setting: it says how the address failed. Redirects are not followed.",
  },
  "keys-invalid": {
    raisedBy: "keys",
    status: 503,
    lcw: 4,
    means: "The public key URL answered, but not with a single usable key, or with a private one.",
    remedy:
      "Run Test: it names what came instead of keys, or what is wrong and where, with line and column. RSA of 2,048 to 8,192 bits, public keys only.",
  },
  "widget-not-found": {
    raisedBy: "server",
    status: 404,
    lcw: 7,
    means: "There is no chat widget with this id.",
    remedy: "Copy the snippet again: the widget was deleted, or the id was cut short.",
  },
  "conversation-not-found": {
    raisedBy: "server",
    status: 404,
    lcw: 7,
    means: "There is no such conversation, or it is not open to whoever asks.",
    remedy: "Nothing to do: the chat begins a new one.",
  },
  "not-found": {
    raisedBy: "server",
    status: 404,
    lcw: 7,
    means: "There is nothing at this address.",
    remedy: "Check the id and the path: it may have been deleted meanwhile.",
  },
  "origin-not-allowed": {
    raisedBy: "server",
    status: 403,
    lcw: 7,
    means: "The page's origin is not on the chat widget's list.",
    remedy: "Add it to the allowed origins exactly as the browser sends it: scheme, host and port, of a website or an app.",
  },
  "rate-limited": {
    raisedBy: "server",
    status: 429,
    lcw: 7,
    means: "Too many requests in a short time.",
    remedy: "Wait as long as the Retry-After header says. Behind a proxy, tell the server about it, or all visitors look like one.",
  },
  "session-expired": {
    raisedBy: "server",
    status: 401,
    lcw: 7,
    means: "The session is over or was revoked.",
    remedy: "The visitor starts a new chat; an operator signs in again.",
  },
  "sign-in-required": {
    raisedBy: "server",
    status: 401,
    lcw: 7,
    means: "This needs a sign-in.",
    remedy: "Sign in at the console, or send an API token as Authorization: Bearer.",
  },
  forbidden: {
    raisedBy: "server",
    status: 403,
    lcw: 7,
    means: "Signed in, but not allowed to do this.",
    remedy: "An administrator can change an operator's role, or the members of a queue.",
  },
  "invalid-request": {
    raisedBy: "server",
    status: 422,
    lcw: 7,
    means: "A field of the request is missing, unknown or wrong.",
    remedy: "fields names each one and says what would be right.",
  },
  conflict: {
    raisedBy: "server",
    status: 409,
    lcw: 7,
    means: "The state of things does not allow it: already taken, still in use, or changed meanwhile.",
    remedy: "The detail says with what it conflicts. Load again, then decide.",
  },
  "record-changed": {
    raisedBy: "server",
    status: 412,
    lcw: 7,
    means: "Somebody else changed the record after it was read: the version in If-Match is not the last. Nothing was stored.",
    remedy: "Read it again and change what it is now. The consoles do that by themselves, and ask where both changed the same.",
  },
  "version-required": {
    raisedBy: "server",
    status: 428,
    lcw: 7,
    means: "A change with a session must say which version of the record it is based on.",
    remedy: "Send the ETag of the answer that it was read from as If-Match. A program with an API token may leave it out.",
  },
  "payload-too-large": {
    raisedBy: "server",
    status: 413,
    lcw: 7,
    means: "The body is larger than this address takes.",
    remedy: "Send less: a message has at most 4,000 characters, a token 64 KiB.",
  },
  unavailable: {
    raisedBy: "server",
    status: 503,
    lcw: 7,
    means: "The server cannot do this now: it is starting, stopping, or its storage is not reachable. From the page and not retryable: the page is older than the server's version.",
    remedy: "Try again in a moment. /readyz says whether the server is ready. A page that is too old has to be loaded anew.",
  },
  internal: {
    raisedBy: "server",
    status: 500,
    lcw: 7,
    means: "A fault of the server's own.",
    remedy: "The request id finds it in the server's log. Please report it.",
  },
} as const satisfies Record<ErrorCode, ErrorExplanation>;

/** In the order of the stages of a chat's start. */
export const codesInOrder = Object.keys(errorCodes) as ErrorCode[];
