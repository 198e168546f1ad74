// The same key sets read by us and by three independent libraries, each with a token that is genuine under the key
// in it. Every disagreement is known, and explained here: an unexplained one fails the test, and so does an explanation
// that no longer holds.

import { createPrivateKey } from "node:crypto";
import { after, test } from "node:test";

import { temporaryFolder } from "../product/process.mjs";
import { assertExplained } from "./key_readers.mjs";
import { Numbers, exponentOne, exponentTwo } from "./odd_keys.mjs";
import { OpensslKey } from "./openssl.mjs";
import { claims } from "./website.mjs";

const folder = temporaryFolder();
after(() => folder.remove());

const key = new OpensslKey(folder.path, "key");
const other = new OpensslKey(folder.path, "other");
const small = new OpensslKey(folder.path, "small", 1024);
const [one, two] = [exponentOne(claims()), exponentTwo(claims())];
const header = { alg: "RS256", kid: "one" };
const jwk = { ...Numbers.of(key.publicPem).jwk(), kid: "one" };

/**
 * A JWKS whose first key differs.
 * @param {Record<string, unknown>} changes undefined removes a member
 * @param {object[]} more further keys
 */
const set = (changes, ...more) => JSON.stringify({ keys: [{ ...jwk, ...changes }, ...more] });

/** @type {import("./key_readers.mjs").Row[]} */
const BODIES = [
  { name: "JWKS", body: set({}) },
  { name: "JWKS with use sig and alg RS256", body: set({ use: "sig", alg: "RS256", key_ops: ["verify"] }) },
  {
    name: "JWKS indented, after a byte order mark",
    body: `\uFEFF${JSON.stringify(JSON.parse(set({})), null, 2)}`,
    differ: {
      node: "JavaScript's JSON parser takes no byte order mark; `fetch` would have removed it",
      jose: "as Node",
      PyJWT: "Python's JSON parser takes no byte order mark",
    },
  },
  {
    name: "JWKS with use enc",
    body: set({ use: "enc" }),
    differ: {
      node: "reads no use",
      PyJWT: "leaves use to who picks the key out of the set",
    },
  },
  {
    name: "JWKS with key_ops that lack verify",
    body: set({ key_ops: ["encrypt"] }),
    differ: {
      node: "reads no key_ops",
      PyJWT: "reads no key_ops",
    },
  },
  {
    name: "JWKS with alg RS512",
    body: set({ alg: "RS512" }),
    differ: {
      node: "reads no alg",
    },
  },
  {
    name: "JWKS with alg PS256",
    body: set({ alg: "PS256" }),
    differ: {
      node: "reads no alg",
    },
  },
  { name: "JWKS without kty", body: set({ kty: undefined }) },
  { name: "JWKS without n", body: set({ n: undefined }) },
  // As Java writes it.
  { name: "JWKS with a zero before n", body: set({ n: withZero(jwk.n) }) },
  {
    name: "JWKS with padding after n",
    body: set({ n: `${jwk.n}==` }),
    differ: {
      node: "drops the padding, which RFC 7515 section 2 does not allow",
      jose: "drops the padding",
      PyJWT: "drops the padding",
    },
  },
  {
    name: "JWKS with n in plain base64",
    body: set({ n: Buffer.from(jwk.n, "base64url").toString("base64") }),
    differ: {
      node: "takes both alphabets; RFC 7515 section 2 has one",
      jose: "takes both alphabets",
      PyJWT: "takes both alphabets",
    },
  },
  {
    name: "JWKS of 1024 bits",
    body: set(Numbers.of(small.publicPem).jwk()),
    token: small.token(claims(), header),
    differ: {
      node: "has no least size",
      PyJWT: "only warns of a small key",
    },
  },
  {
    name: "JWKS with the exponent 1",
    body: set(one.numbers.jwk()),
    token: one.token,
    differ: {
      node: "OpenSSL takes any exponent: under this one everybody can sign",
      jose: "leaves the exponent to OpenSSL",
    },
  },
  {
    name: "JWKS with the exponent 2",
    body: set(two.numbers.jwk()),
    token: two.token,
    differ: {
      node: "OpenSSL takes any exponent",
      jose: "leaves the exponent to OpenSSL",
    },
  },
  {
    name: "a private JWKS",
    body: set(privateJwk()),
    differ: {
      node: "takes the public half and is silent of the other",
    },
  },
  {
    name: "a kid twice, with one key",
    body: set({}, jwk),
    differ: {
      jose: "wants to be told which of the two, though they are the same",
    },
  },
  {
    name: "a kid twice, the token's key first",
    body: set({}, { ...Numbers.of(other.publicPem).jwk(), kid: "one" }),
    differ: {
      node: "whoever looks for the first one finds it",
      PyJWT: "takes the first one",
    },
  },
  {
    name: "JWKS with a member twice",
    body: set({}).replace('"kid"', '"kid":"x","kid"'),
    differ: {
      node: "the JSON parser of JavaScript keeps the last",
      jose: "the JSON parser of JavaScript keeps the last",
      PyJWT: "the JSON parser of Python keeps the last",
    },
  },
  { name: "JWKS beside a key that nobody knows", body: set({}, { kty: "future", kid: "two" }) },
  { name: "JWKS that is no JSON", body: set({}).slice(0, -1) },
];

test("we and three libraries find the same key in a JWKS, except where it is explained", () =>
  assertExplained(BODIES, key.token(claims(), header)));

/** The same number, with a zero byte before it. @param {string} number as base64url */
function withZero(number) {
  return Buffer.concat([Buffer.from([0]), Buffer.from(number, "base64url")]).toString("base64url");
}

/** What only the website should have. */
function privateJwk() {
  return createPrivateKey(key.privatePem).export({ format: "jwk" });
}
