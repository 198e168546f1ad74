// The key bodies and the payload that website owners are shown in their chat vendor's manual, and will paste.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { program } from "../product/process.mjs";
import { OpensslKey } from "./openssl.mjs";
import { Ground } from "./website.mjs";

/** @param {string} name */
const sample = (name) => readFileSync(new URL(`samples/${name}`, import.meta.url), "utf8");

/** Right layout, wrong bytes: four of the key's bytes are damaged. */
const damagedPem = sample("indented-damaged.pem");
/** The first of two keys lacks the quote that opens its value. */
const unquoted = sample("two-keys-missing-quote.txt");
const quoted = unquoted.replace('"publicKey": LS0t', '"publicKey": "LS0t');
const FINGERPRINT = "5485c6ac19d131e8e5df8db7d6077ab9b5033dbc932914c29ce6ae27337d682b";

/** @type {Ground} */
let ground;
before(async () => {
  ground = await Ground.prepare();
});
after(() => ground?.close());

/** What *Test* tells the administrator about a key body. @param {string} body */
async function judged(body) {
  const { setting } = await ground.website(body);
  return (await ground.admin.create(`/admin/authentication-settings/${setting}/test`, {})).keys;
}

describe("the manual's key samples", () => {
  test("the damaged PEM is refused, and it is the key that is wrong, not the layout", async () => {
    const keys = await judged(damagedPem);
    assert.equal(keys.code, "keys-invalid");
    assert.equal(keys.status, 200);
    assert.match(keys.message, /the PEM holds a damaged key: a key begins with the byte 0x30/);
    assert.deepEqual(keys.keys, []);
  });

  test("the array without the quote is refused with line and column", async () => {
    const keys = await judged(unquoted);
    assert.equal(keys.code, "keys-invalid");
    assert.match(keys.message, /line 4, column 24\b/i);
  });

  test("the two keys of the repaired array parse", async () => {
    const keys = await judged(quoted);
    // They were good for the manual's day.
    assert.equal(keys.code, "token-key-expired", keys.message);
    assert.equal(keys.format, "array");
    assert.deepEqual(
      keys.keys.map((/** @type {any} */ key) => [key.kid, key.bits, key.fingerprint, key.expiresAt.slice(0, 19)]),
      ["qWO4EaKT1xRO7JC/oqALz6DCVr41B/qL0Hqp4in7hu4=", "qWO4EaKT1xRO7JC/oqALz6DCVr41B/qL0Hqp__valid="].map(
        (kid) => [kid, 2048, FINGERPRINT, "2020-12-20T20:17:03"],
      ),
    );
  });
});

describe("the manual's payload", () => {
  const payload = {
    sub: "87b4d06c-abc2-e811-a9b0-000d3a10e09e",
    preferred_username: "a184fade-d7d0-40e5-9c33-97478491d352",
    phone_number: "1234567",
    given_name: "Bert",
    family_name: "Hair",
    email: "admin@contosohelp.com",
    lwicontexts:
      '{"msdyn_cartvalue":"10000", "msdyn_isvip":"false", "portalcontactid":"87b4d06c-abc2-e811-a9b0-000d3a10e09e"}',
    iat: 1542622071,
    iss: "contosohelp.com",
    exp: 1542625672,
    nbf: 1542622072,
  };

  /** @param {number} now */
  function verdict(now) {
    const key = new OpensslKey(ground.folder.path, "own");
    const args = ["verify", "--keys", key.publicFile, "--now", String(now), key.token(payload)];
    try {
      return { exit: 0, output: execFileSync(program, args, { stdio: "pipe" }).toString() };
    } catch (error) {
      const { status, stdout, stderr } = /** @type {import("node:child_process").SpawnSyncReturns<Buffer>} */ (error);
      return { exit: status, output: `${stdout}${stderr}` };
    }
  }

  test("is accepted at its own time", () => {
    const { exit, output } = verdict(1542622100);
    assert.equal(exit, 0, output);
    assert.match(output, /87b4d06c-abc2-e811-a9b0-000d3a10e09e/);
    assert.match(output, /3 context variables/);
  });

  test("is refused before and after, with the reason", () => {
    const before_ = verdict(1542622011);
    assert.equal(before_.exit, 1, before_.output);
    assert.match(before_.output, /token-not-yet-valid/);
    const after_ = verdict(1542625732);
    assert.equal(after_.exit, 1, after_.output);
    assert.match(after_.output, /token-expired/);
  });

  test("verify says with exit status 2 that it cannot begin", () => {
    const file = join(ground.folder.path, "damaged.pem");
    writeFileSync(file, damagedPem);
    assert.throws(
      () => execFileSync(program, ["verify", "--keys", file, "--now", "1542622100", "a.b.c"], { stdio: "pipe" }),
      (/** @type {any} */ error) => error.status === 2,
    );
  });
});
