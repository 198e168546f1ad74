// What each implementation says of a token. All are told: RS256 only, this key, 60 s of leeway, the four claims.

import { execFileSync } from "node:child_process";
import { createPublicKey } from "node:crypto";

import { jwtVerify } from "jose";
import jsonwebtoken from "jsonwebtoken";

import { program } from "../product/process.mjs";
import { pyjwt } from "./python.mjs";

/** @typedef {{ name: string, token: string, key: string }} Case */
/** @typedef {{ accepts: boolean, why: string }} Verdict */
/** @typedef {"bonafide" | "jose" | "jsonwebtoken" | "PyJWT"} Judge */

const LEEWAY = 60;
const REQUIRED = ["exp", "iat", "iss", "sub"];

/**
 * @param {Case[]} cases
 * @returns {Promise<Record<Judge, Verdict[]>>}
 */
export async function verdicts(cases) {
  const now = Math.floor(Date.now() / 1000);
  return {
    bonafide: bonafide(cases, now),
    jose: await Promise.all(cases.map((one) => attempt(() => jose(one)))),
    jsonwebtoken: await Promise.all(cases.map((one) => attempt(() => nodeJsonwebtoken(one)))),
    PyJWT: pyjwt({ judge: cases.map(({ token, key }) => ({ token, key })), leeway: LEEWAY }),
  };
}

/**
 * @param {Case[]} cases
 * @param {number} now
 * @returns {Verdict[]}
 */
export function bonafide(cases, now) {
  const lines = cases.map(({ token, key }, id) =>
    JSON.stringify({ id: String(id), token, keys: key, now, leeway: LEEWAY }),
  );
  const output = execFileSync(program, ["verify", "--jsonl"], { input: `${lines.join("\n")}\n` });
  const answers = new Map(
    output.toString().trim().split("\n").map((line) => {
      const answer = JSON.parse(line);
      return [answer.id, answer];
    }),
  );
  return cases.map((_, id) => {
    const { verdict, code } = answers.get(String(id));
    return { accepts: verdict === "accept", why: code ?? "" };
  });
}

/** @param {Case} one */
async function jose({ token, key }) {
  const options = { algorithms: ["RS256"], clockTolerance: LEEWAY, requiredClaims: REQUIRED };
  await jwtVerify(token, createPublicKey(key), options);
}

/** jsonwebtoken has no option for required claims: a site checks them itself, and so do we here. @param {Case} one */
function nodeJsonwebtoken({ token, key }) {
  const claims = jsonwebtoken.verify(token, key, { algorithms: ["RS256"], clockTolerance: LEEWAY });
  if (typeof claims === "string") throw new Error("the payload is no object");
  const missing = REQUIRED.find((name) => claims[name] === undefined);
  if (missing) throw new Error(`no ${missing}`);
}

/**
 * @param {() => unknown} judge
 * @returns {Promise<Verdict>}
 */
export async function attempt(judge) {
  try {
    await judge();
    return { accepts: true, why: "" };
  } catch (error) {
    return { accepts: false, why: String(error) };
  }
}
