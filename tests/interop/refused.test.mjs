// Each way to be wrong has its own code, from a running server over HTTP.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createSign } from "node:crypto";

import { SignJWT, importPKCS8 } from "jose";
import jsonwebtoken from "jsonwebtoken";

import { startConversation } from "../product/visitor.mjs";
import { OpensslKey, base64url } from "./openssl.mjs";
import { Ground, claims } from "./website.mjs";

/** @type {Ground} */
let ground;
/** @type {OpensslKey} */
let key;
/** @type {OpensslKey} */
let stranger;
/** @type {string} */
let widget;

before(async () => {
  ground = await Ground.prepare();
  key = new OpensslKey(ground.folder.path, "shop");
  stranger = new OpensslKey(ground.folder.path, "stranger");
  ({ widget } = await ground.website(key.publicPem));
});
after(() => ground?.close());

/**
 * @param {import("../product/operator.mjs").Answer} answer
 * @param {string} code
 * @param {number} [status]
 */
function assertRefused(answer, code, status = 401) {
  const { body } = answer;
  assert.equal(body.code, code, JSON.stringify(body));
  assert.equal(answer.status, status);
  assert.equal(answer.headers.get("content-type"), "application/problem+json");
  assert.equal(answer.headers.get("access-control-allow-origin"), "https://shop.example.com");
  assert.match(body.requestId, /./);
  assert.match(body.detail, /[.]$/);
}

/** @param {string[]} names */
const without = (...names) => {
  const all = /** @type {Record<string, unknown>} */ (claims());
  for (const name of names) delete all[name];
  return all;
};
const now = () => Math.floor(Date.now() / 1000);
const RS256 = { alg: "RS256", typ: "JWT" };

/** @type {Array<[code: string, what: string, token: () => string | Promise<string>]>} */
const TOKENS = [
  ["token-malformed", "no token at all", () => "hello"],
  ["token-malformed", "a third dot", () => `${key.token(claims())}.`],
  ["token-malformed", "base64 with padding", () => key.token(claims()).replace(".", "==.")],
  ["token-malformed", "a header with a trailing comma", () => key.token(claims(), '{"alg":"RS256","typ":"JWT",}')],
  ["token-malformed", "a header name twice", () => key.token(claims(), '{"alg":"none","alg":"RS256"}')],
  ["token-malformed", "a critical extension", () => key.token(claims(), { ...RS256, crit: ["b64"], b64: true })],
  ["token-malformed", "another type", () => key.token(claims(), { alg: "RS256", typ: "at+jwt" })],
  ["token-malformed", "more than 64 KiB", () => key.token(claims({ filler: "x".repeat(66_000) }))],
  ["token-algorithm-unsupported", "alg none", () => `${base64url({ alg: "none" })}.${base64url(claims())}.`],
  ["token-algorithm-unsupported", "HS256 of jsonwebtoken", () => jsonwebtoken.sign(claims(), "secret")],
  ["token-algorithm-unsupported", "RS512 of jsonwebtoken", () =>
    jsonwebtoken.sign(claims(), key.privatePem, { algorithm: "RS512" })],
  ["token-algorithm-unsupported", "PS256 of jose", async () =>
    new SignJWT(claims()).setProtectedHeader({ alg: "PS256" }).sign(await importPKCS8(key.privatePem, "PS256"))],
  ["token-signature-invalid", "another key", () => stranger.token(claims())],
  ["token-signature-invalid", "a changed payload", () => {
    const [header, , signature] = key.token(claims()).split(".");
    return `${header}.${base64url(claims({ sub: "somebody else" }))}.${signature}`;
  }],
  ["token-signature-invalid", "SHA-512 under the name RS256", () => {
    const signed = `${base64url(RS256)}.${base64url(claims())}`;
    return `${signed}.${createSign("sha512").update(signed).sign(key.privatePem, "base64url")}`;
  }],
  ["token-signature-invalid", "no signature", () => key.token(claims()).replace(/[^.]+$/, "")],
  ...["iss", "sub", "iat", "exp"].map(
    (name) => /** @type {[string, string, () => string]} */ ([
      "token-claim-missing", `no ${name}`, () => key.token(without(name)),
    ]),
  ),
  ["token-claim-invalid", "a blank sub", () => key.token(claims({ sub: "  " }))],
  ["token-claim-invalid", "a sub that is a number", () => key.token(claims({ sub: 7 }))],
  ["token-claim-invalid", "a sub of 256 characters", () => key.token(claims({ sub: "x".repeat(256) }))],
  ["token-claim-invalid", "exp as text", () => key.token(claims({ exp: String(now() + 900) }))],
  ["token-claim-invalid", "times in milliseconds", () =>
    key.token(claims({ iat: Date.now(), nbf: Date.now(), exp: Date.now() + 900_000 }))],
  ["token-expired", "exp past the leeway", () => key.token(claims({ iat: now() - 900, nbf: now() - 900, exp: now() - 61 }))],
  ["token-not-yet-valid", "nbf beyond the leeway", () => key.token(claims({ nbf: now() + 120 }))],
  ["token-not-yet-valid", "iat beyond the leeway", () => key.token(claims({ iat: now() + 120 }))],
  ["token-context-invalid", "context that is no JSON", () => key.token(claims({ lwicontexts: "{" }))],
  ["token-context-invalid", "context that is a list", () => key.token(claims({ lwicontexts: "[1]" }))],
  ["token-context-invalid", "context with an object inside", () => key.token(claims({ lwicontexts: '{"a":{"b":1}}' }))],
  ["token-context-invalid", "a context name twice", () => key.token(claims({ lwicontexts: '{"a":1,"a":2}' }))],
];

describe("a refused token gets its exact code", () => {
  for (const [code, what, token] of TOKENS) {
    test(`${code}: ${what}`, async () => {
      assertRefused(await ground.start(widget, await token()), code);
    });
  }

  test("an expired token inside the leeway is accepted", async () => {
    const { status } = await ground.start(widget, key.token(claims({ exp: now() - 30 })));
    assert.equal(status, 201);
  });

  test("a refused token gives no anonymous chat, though sign-in is optional", async () => {
    const { widget: lenient } = await ground.website(key.publicPem, { signIn: "optional" });
    assertRefused(await ground.start(lenient, stranger.token(claims())), "token-signature-invalid");
    const { status, body } = await ground.start(lenient);
    assert.equal(status, 201);
    assert.equal(body.conversation.authenticated, false);
  });

  test("token-not-provided: no token where one is required", async () => {
    assertRefused(await ground.start(widget), "token-not-provided");
    assertRefused(await ground.start(widget, "  "), "token-not-provided");
  });

  test("token-key-unknown and token-key-expired: an array without, or no longer with, that kid", async () => {
    const publicKey = Buffer.from(key.publicPem).toString("base64");
    const body = JSON.stringify([{ kid: "old", publicKey, expiry: 1_608_495_423 }, { kid: "new", publicKey }]);
    const { widget: rotating } = await ground.website(body);
    const token = (/** @type {object} */ header) => key.token(claims(), { ...RS256, ...header });
    assertRefused(await ground.start(rotating, token({ kid: "none" })), "token-key-unknown");
    assertRefused(await ground.start(rotating, token({})), "token-key-unknown");
    assertRefused(await ground.start(rotating, token({ kid: "old" })), "token-key-expired");
    assert.equal((await ground.start(rotating, token({ kid: "new" }))).status, 201);
  });

  test("token-replayed: single use, the same jti again", async () => {
    const { widget: once } = await ground.website(key.publicPem, { setting: { singleUse: true } });
    assert.equal((await ground.start(once, key.token(claims({ jti: "1" })))).status, 201);
    assertRefused(await ground.start(once, key.token(claims({ jti: "1" }))), "token-replayed");
    assert.equal((await ground.start(once, key.token(claims({ jti: "2" })))).status, 201);
  });

  test("token-claim-invalid: another issuer or audience than the setting expects", async () => {
    const expected = { expectedIssuer: "https://issuer.example.com", expectedAudience: "chat" };
    const { widget: strict } = await ground.website(key.publicPem, { setting: expected });
    const right = { iss: "https://issuer.example.com", aud: ["other", "chat"] };
    assertRefused(await ground.start(strict, key.token(claims())), "token-claim-invalid");
    assertRefused(await ground.start(strict, key.token(claims({ ...right, aud: "other" }))), "token-claim-invalid");
    assertRefused(await ground.start(strict, key.token(claims({ ...right, iss: "https://issuer.example.com/" }))), "token-claim-invalid");
    assert.equal((await ground.start(strict, key.token(claims(right)))).status, 201);
  });

  test("keys-unavailable: the public key URL fails", async () => {
    const { widget: broken } = await ground.website("", { status: 500 });
    assertRefused(await ground.start(broken, key.token(claims())), "keys-unavailable", 503);
  });

  for (const [what, body] of /** @type {Array<[string, () => string]>} */ ([
    ["no key at all", () => "<html>Sign in</html>"],
    ["an empty body", () => ""],
    ["a private key", () => key.privatePem],
    ["1024 bits", () => new OpensslKey(ground.folder.path, "small", 1024).publicPem],
  ])) {
    test(`keys-invalid: ${what}`, async () => {
      const { widget: broken } = await ground.website(body());
      assertRefused(await ground.start(broken, key.token(claims())), "keys-invalid", 503);
    });
  }

  test("origin-not-allowed and widget-not-found", async () => {
    const token = key.token(claims());
    const elsewhere = await startConversation(ground.server.url, widget, { token, origin: "https://evil.example.com" });
    assert.equal(elsewhere.body.code, "origin-not-allowed");
    assert.equal(elsewhere.status, 403);
    const nowhere = await ground.start("wgt_nowhere", token);
    assert.equal(nowhere.body.code, "widget-not-found");
    assert.equal(nowhere.status, 404);
  });
});
