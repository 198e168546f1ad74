// The same tokens judged by us and by three independent libraries. Every disagreement is known, and explained here:
// an unexplained one fails the test, and so does an explanation that no longer holds.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { temporaryFolder } from "../product/process.mjs";
import { OpensslKey, base64url } from "./openssl.mjs";
import { verdicts } from "./verdicts.mjs";
import { claims } from "./website.mjs";

/** @typedef {import("./verdicts.mjs").Judge} Judge */

const folder = temporaryFolder();
after(() => folder.remove());

const key = new OpensslKey(folder.path, "key");
const small = new OpensslKey(folder.path, "small", 1024);
const RS256 = { alg: "RS256", typ: "JWT" };
const now = Math.floor(Date.now() / 1000);
const good = key.token(claims());
const [head = "", body = "", signature = ""] = good.split(".");

/** @param {Record<string, unknown>} changes undefined removes a claim */
const token = (changes, header = /** @type {unknown} */ (RS256)) => key.token(claims(changes), header);

/**
 * What is judged, and who says something else than we do, and why.
 * @type {Array<{ name: string, token: string, key?: string, differ?: Partial<Record<Judge, string>> }>}
 */
const CASES = [
  { name: "a good token", token: good },
  { name: "no typ", token: token({}, { alg: "RS256" }) },
  { name: "without nbf", token: token({ nbf: undefined }) },
  { name: "fractions of seconds", token: token({ exp: now + 900.5, iat: now - 0.5 }) },
  { name: "an unknown claim", token: token({ roles: ["a", "b"] }) },
  { name: "an unknown header", token: token({}, { ...RS256, custom: 1 }) },
  { name: "expired within the leeway", token: token({ exp: now - 30 }) },
  { name: "4096 bits", ...signedBy(new OpensslKey(folder.path, "large", 4096)) },

  { name: "expired", token: token({ exp: now - 120 }) },
  { name: "nbf in the future", token: token({ nbf: now + 300 }) },
  {
    name: "iat in the future",
    token: token({ iat: now + 300 }),
    differ: {
      jose: "judges iat only together with a maximum age",
      jsonwebtoken: "judges iat only together with a maximum age",
    },
  },
  ...["exp", "iat", "iss", "sub"].map((name) => ({ name: `no ${name}`, token: token({ [name]: undefined }) })),
  { name: "alg none", token: `${base64url({ alg: "none" })}.${body}.` },
  { name: "alg RS384 over an RS256 signature", token: `${base64url({ alg: "RS384" })}.${body}.${signature}` },
  { name: "a changed payload", token: `${head}.${base64url(claims({ sub: "x" }))}.${signature}` },
  { name: "another key's signature", token: small.token(claims()) },
  { name: "no signature", token: `${head}.${body}.` },
  { name: "two parts", token: `${head}.${body}` },
  { name: "four parts", token: `${good}.${signature}` },
  { name: "a header that is no JSON", token: token({}, "{alg:RS256}") },
  { name: "a payload that is a list", token: key.token("[1]") },
  { name: "exp that is no number", token: token({ exp: "soon" }) },

  {
    name: "a critical extension nobody knows",
    token: token({}, { ...RS256, crit: ["x"], x: 1 }),
    differ: { jsonwebtoken: "does not read crit, which RFC 7515 section 4.1.11 requires" },
  },
  {
    name: "1024 bits",
    ...signedBy(small),
    differ: {
      jsonwebtoken: "has no least size unless asked",
      PyJWT: "only warns of a small key",
    },
  },
  {
    name: "exp as text that is a number",
    token: token({ exp: String(now + 900) }),
    differ: { PyJWT: "turns text into a number" },
  },
  {
    name: "times in milliseconds",
    token: token({ iat: now, nbf: now, exp: (now + 900) * 1000 }),
    differ: {
      jose: "takes any number for seconds: this token would live for 50,000 years",
      jsonwebtoken: "takes any number for seconds",
      PyJWT: "takes any number for seconds",
    },
  },
  {
    name: "a sub that is a number",
    token: token({ sub: 7 }),
    differ: {
      jose: "leaves the type of sub to the caller",
      jsonwebtoken: "leaves the type of sub to the caller",
    },
  },
  {
    name: "a blank iss",
    token: token({ iss: " " }),
    differ: {
      jose: "leaves the content of iss to the caller",
      jsonwebtoken: "leaves the content of iss to the caller",
      PyJWT: "leaves the content of iss to the caller",
    },
  },
  {
    name: "the type of another protocol's token",
    token: token({}, { alg: "RS256", typ: "dpop+jwt" }),
    differ: {
      jose: "judges typ only when told one",
      jsonwebtoken: "does not judge typ",
      PyJWT: "does not judge typ",
    },
  },
  {
    name: "a header name twice",
    token: token({}, '{"alg":"none","alg":"RS256"}'),
    differ: {
      jose: "the JSON parser of JavaScript keeps the last",
      jsonwebtoken: "the JSON parser of JavaScript keeps the last",
      PyJWT: "the JSON parser of Python keeps the last",
    },
  },
  {
    name: "a claim twice",
    token: key.token(`${JSON.stringify(claims()).slice(0, -1)},"sub":"somebody else"}`),
    differ: {
      jose: "the JSON parser of JavaScript keeps the last",
      jsonwebtoken: "the JSON parser of JavaScript keeps the last",
      PyJWT: "the JSON parser of Python keeps the last",
    },
  },
  {
    name: "a kid that is null",
    token: token({}, { ...RS256, kid: null }),
    differ: {
      PyJWT: "wants a text where there is a kid; for us an optional member that is null is absent",
    },
  },
  {
    name: "a critical extension that says the payload is not encoded",
    token: token({}, { ...RS256, b64: false, crit: ["b64"] }),
    differ: { jsonwebtoken: "reads neither crit nor b64, and takes the payload for an encoded one" },
  },
  {
    name: "a last character whose unused bits are set",
    token: `${good.slice(0, -1)}${sameByteAs(good)}`,
    differ: {
      jose: "drops the unused bits: one signature has many spellings",
      jsonwebtoken: "drops the unused bits",
    },
  },
  {
    name: "NUL in sub",
    token: token({ sub: "bert\0ada" }),
    differ: {
      jose: "leaves the content of sub to the caller",
      jsonwebtoken: "leaves the content of sub to the caller",
      PyJWT: "leaves the content of sub to the caller",
    },
  },
  { name: "a header of depth 128", token: token({}, nested(128)) },
  {
    name: "a header of depth 129",
    token: token({}, nested(129)),
    differ: {
      jose: "sets no limit but the memory",
      jsonwebtoken: "sets no limit but the memory",
      PyJWT: "the JSON parser of Python gives up far deeper",
    },
  },
  {
    name: "context that is no JSON",
    token: token({ lwicontexts: "{" }),
    differ: {
      jose: "knows no lwicontexts",
      jsonwebtoken: "knows no lwicontexts",
      PyJWT: "knows no lwicontexts",
    },
  },
  {
    name: "base64 with padding",
    token: `${head}.${body}.${signature}==`,
    differ: {
      jose: "drops the padding, which RFC 7515 section 2 does not allow",
      PyJWT: "drops the padding",
    },
  },
  {
    name: "a private key where the public one belongs",
    token: good,
    key: key.privatePem,
    differ: {
      jose: "Node derives the public key from a private one",
      jsonwebtoken: "Node derives the public key from a private one",
    },
  },
];

/** @param {OpensslKey} signer */
function signedBy(signer) {
  return { token: signer.token(claims()), key: signer.publicPem };
}

/** A header of this depth. @param {number} depth */
function nested(depth) {
  return `{"alg":"RS256","deep":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
}

/**
 * Another last character whose unused bits differ: lax decoders read the same bytes.
 * @param {string} text base64url whose last group has two characters
 */
function sameByteAs(text) {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return digits[digits.indexOf(text.slice(-1)) ^ 1] ?? "";
}

test("we and three libraries agree on every token, except where it is explained", async () => {
  const all = await verdicts(CASES.map(({ name, token, key: pem = key.publicPem }) => ({ name, token, key: pem })));
  const libraries = /** @type {Judge[]} */ (["jose", "jsonwebtoken", "PyJWT"]);
  const rows = [];
  const wrong = [];
  for (const [index, { name, differ = {} }] of CASES.entries()) {
    const ours = all.bonafide[index];
    for (const judge of libraries) {
      const theirs = all[judge][index];
      const differs = ours?.accepts !== theirs?.accepts;
      if (differs !== judge in differ) {
        wrong.push(`${name}: ${judge} ${says(theirs)}, we ${says(ours)}, and ${differs ? "nothing explains it" : "the table explains a difference"}`);
      }
      if (differs) rows.push(`| ${name} | ${says(ours)} | ${judge} ${says(theirs)} | ${differ[judge]} |`);
    }
  }
  console.log(`| token | we | who disagrees | why |\n| --- | --- | --- | --- |\n${rows.join("\n")}`);
  console.log(`${CASES.length} tokens, ${rows.length} explained disagreements`);
  assert.deepEqual(wrong, []);
});

/** @param {import("./verdicts.mjs").Verdict | undefined} verdict */
function says(verdict) {
  return verdict?.accepts ? "accept it" : `refuse it (${verdict?.why})`;
}
