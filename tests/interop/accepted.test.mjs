// Keys made by openssl, tokens signed by openssl, jsonwebtoken, jose and PyJWT: a running server accepts them all.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { SignJWT, exportJWK, importPKCS8, importSPKI } from "jose";
import jsonwebtoken from "jsonwebtoken";

import { OpensslKey } from "./openssl.mjs";
import { pyjwt } from "./python.mjs";
import { Ground, claims } from "./website.mjs";

/** @type {Ground} */
let ground;
/** @type {OpensslKey} */
let key;

before(async () => {
  ground = await Ground.prepare();
  key = new OpensslKey(ground.folder.path, "shop");
});
after(() => ground?.close());

/**
 * Starts a conversation with a token and checks what the agent then sees.
 * @param {string} widget
 * @param {string} token
 * @param {string | null} keyId
 */
async function assertAccepted(widget, token, keyId) {
  const { status, body } = await ground.start(widget, token);
  assert.equal(status, 201, JSON.stringify(body));
  assert.equal(body.conversation.authenticated, true);
  const summary = await ground.summary(body.conversation.id);
  assert.equal(summary.authenticated, "yes");
  assert.equal(summary.authentication.issuer, "contosohelp.com");
  assert.equal(summary.authentication.subject, "87b4d06c-abc2-e811-a9b0-000d3a10e09e");
  assert.equal(summary.authentication.keyId, keyId);
  assert.deepEqual(summary.context.signed, { msdyn_cartvalue: 10000, msdyn_isvip: false });
}

/** Each way to sign, given a `kid` or none. */
const SIGNERS = {
  "openssl dgst": (/** @type {string | undefined} */ kid) =>
    key.token(claims(), { alg: "RS256", typ: "JWT", ...(kid && { kid }) }),
  "jsonwebtoken": (/** @type {string | undefined} */ kid) =>
    jsonwebtoken.sign(claims(), key.privatePem, { algorithm: "RS256", ...(kid && { keyid: kid }) }),
  "jose": async (/** @type {string | undefined} */ kid) =>
    new SignJWT(claims())
      .setProtectedHeader({ alg: "RS256", ...(kid && { kid }) })
      .sign(await importPKCS8(key.privatePem, "RS256")),
  "PyJWT": (/** @type {string | undefined} */ kid) =>
    pyjwt({ sign: { payload: claims(), key: key.privatePem, ...(kid && { headers: { kid } }) } }).token,
};

describe("tokens of other implementations are accepted", () => {
  for (const [name, sign] of Object.entries(SIGNERS)) {
    test(`${name}, one PEM`, async () => {
      const { widget } = await ground.website(key.publicPem);
      await assertAccepted(widget, await sign(undefined), null);
    });

    test(`${name}, an array of keys by kid`, async () => {
      const other = new OpensslKey(ground.folder.path, "other");
      const entry = (/** @type {string} */ kid, /** @type {string} */ pem) => ({
        kid,
        publicKey: Buffer.from(pem.replaceAll("\n", "\r\n")).toString("base64"),
        expiry: 4_102_444_800,
      });
      const kid = "qWO4EaKT1xRO7JC/oqALz6DCVr41B/qL0Hqp4in7hu4=";
      const body = JSON.stringify([entry("another+/_=", other.publicPem), entry(kid, key.publicPem)]);
      const { widget } = await ground.website(body);
      await assertAccepted(widget, await sign(kid), kid);
    });

    test(`${name}, a JWKS`, async () => {
      const jwk = await exportJWK(await importSPKI(key.publicPem, "RS256", { extractable: true }));
      const body = JSON.stringify({ keys: [{ kty: "EC", crv: "P-256" }, { ...jwk, kid: "k1", use: "sig" }] });
      const { widget } = await ground.website(body);
      await assertAccepted(widget, await sign("k1"), "k1");
    });
  }

  for (const bits of [3072, 4096]) {
    test(`openssl, ${bits} bits`, async () => {
      const large = new OpensslKey(ground.folder.path, `rsa${bits}`, bits);
      const { widget } = await ground.website(large.publicPem);
      await assertAccepted(widget, large.token(claims()), null);
    });
  }

  test("a PEM indented, with trailing blanks and CRLF, as portals serve it", async () => {
    const body = `\r\n${key.publicPem.trim().split("\n").map((line) => `      ${line} \r\n`).join("")}\r\n`;
    const { widget } = await ground.website(body);
    await assertAccepted(widget, key.token(claims()), null);
  });

  test("a widget without a setting says No although the token is good", async () => {
    const widget = await ground.admin.create("/admin/chat-widgets", {
      name: "Without a setting",
      workStream: ground.workStream,
      authenticationSetting: null,
      signIn: "optional",
      allowedOrigins: ["https://shop.example.com"],
    });
    const { status, body } = await ground.start(widget.id, key.token(claims()));
    assert.equal(status, 201, JSON.stringify(body));
    assert.equal(body.conversation.authenticated, false);
    const summary = await ground.summary(body.conversation.id);
    assert.equal(summary.authenticated, "no");
    assert.deepEqual(summary.authentication, { reason: "no-setting" });
    assert.deepEqual(summary.context, { signed: {}, unsigned: {} });
  });
});
