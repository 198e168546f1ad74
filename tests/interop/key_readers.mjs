// What each implementation makes of a key body: whether it finds the key there under which a token is genuine. Each is
// used as its documentation shows, and a body that no function of it reads counts as refused.

import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";

import { createLocalJWKSet, importSPKI, importX509, jwtVerify } from "jose";

import { attempt, bonafide } from "./verdicts.mjs";
import { pyjwt } from "./python.mjs";

/** @typedef {import("./verdicts.mjs").Verdict} Verdict */
/** @typedef {{ token: string, body: string, kid?: string }} Body `kid` is that of the token */
/** @typedef {"node" | "jose" | "PyJWT"} Reader */
/** @typedef {{ name: string, body: string, token?: string, differ?: Partial<Record<Reader, string>> }} Row */

/**
 * Holds the table against what everybody says: each row is a body, and who says something else than we do, and why.
 * @param {Row[]} rows
 * @param {string} token for bodies that bring none of their own
 */
export async function assertExplained(rows, token) {
  const all = await readings(rows.map((row) => ({ token, kid: "one", ...row })));
  const readers = /** @type {Reader[]} */ (["node", "jose", "PyJWT"]);
  const explained = [];
  const wrong = [];
  for (const [index, { name, differ = {} }] of rows.entries()) {
    const ours = all.bonafide[index];
    for (const reader of readers) {
      const theirs = all[reader][index];
      const differs = ours?.accepts !== theirs?.accepts;
      if (differs !== reader in differ) {
        wrong.push(`${name}: ${reader} ${says(theirs)}, we ${says(ours)}, and ${differs ? "nothing explains it" : "the table explains a difference"}`);
      }
      if (differs) explained.push(`| ${name} | ${says(ours)} | ${reader} ${says(theirs)} | ${differ[reader]} |`);
    }
  }
  console.log(`| body | we | who disagrees | why |\n| --- | --- | --- | --- |\n${explained.join("\n")}`);
  console.log(`${rows.length} bodies, ${explained.length} explained disagreements`);
  assert.deepEqual(wrong, []);
}

/**
 * @param {Body[]} bodies
 * @returns {Promise<Record<Reader | "bonafide", Verdict[]>>}
 */
async function readings(bodies) {
  const now = Math.floor(Date.now() / 1000);
  return {
    bonafide: bonafide(bodies.map(({ token, body }) => ({ name: "", token, key: body })), now),
    node: await Promise.all(bodies.map((one) => attempt(() => node(one)))),
    jose: await Promise.all(bodies.map((one) => attempt(() => jose(one)))),
    PyJWT: pyjwt({ read: bodies }),
  };
}

/** Where Node knows no sets, a website looks the key up by its id. @param {Body} one */
function node({ token, body, kid }) {
  const key = isJson(body)
    ? createPublicKey({ key: JSON.parse(body).keys.find((/** @type {any} */ jwk) => jwk.kid === kid), format: "jwk" })
    : createPublicKey(body);
  const end = token.lastIndexOf(".");
  const signature = Buffer.from(token.slice(end + 1), "base64url");
  if (!verify("sha256", Buffer.from(token.slice(0, end)), key, signature)) throw new Error("the signature is wrong");
}

/** @param {Body} one */
async function jose({ token, body }) {
  const options = { algorithms: ["RS256"] };
  if (isJson(body)) {
    await jwtVerify(token, createLocalJWKSet(JSON.parse(body)), options);
    return;
  }
  const read = body.includes("BEGIN CERTIFICATE") ? importX509 : importSPKI;
  await jwtVerify(token, await read(body, "RS256"), options);
}

/** @param {string} body */
function isJson(body) {
  return body.trimStart().startsWith("{");
}

/** @param {Verdict | undefined} verdict */
function says(verdict) {
  return verdict?.accepts ? "read it" : `refuse it (${verdict?.why.split("\n")[0]})`;
}
