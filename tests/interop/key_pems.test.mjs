// The same PEMs read by us and by three independent libraries, each with a token that is genuine under the key
// in it. Every disagreement is known, and explained here: an unexplained one fails the test, and so does an explanation
// that no longer holds.

import { execFileSync } from "node:child_process";
import { createPublicKey } from "node:crypto";
import { after, test } from "node:test";

import { temporaryFolder } from "../product/process.mjs";
import { assertExplained } from "./key_readers.mjs";
import { certificate, exponentOne, exponentTwo, pem } from "./odd_keys.mjs";
import { OpensslKey } from "./openssl.mjs";
import { claims } from "./website.mjs";

const folder = temporaryFolder();
after(() => folder.remove());

const key = new OpensslKey(folder.path, "key");
const other = new OpensslKey(folder.path, "other");
const small = new OpensslKey(folder.path, "small", 1024);
const [one, two] = [exponentOne(claims()), exponentTwo(claims())];
const spki = createPublicKey(key.publicPem).export({ type: "spki", format: "der" });

/** @param {string[]} args */
const openssl = (...args) => execFileSync("openssl", args, { stdio: ["ignore", "pipe", "pipe"] }).toString();

/** @param {(line: string) => string} change */
const lines = (change) => key.publicPem.trimEnd().split("\n").map(change).join("\n");

/** @type {import("./key_readers.mjs").Row[]} */
const BODIES = [
  { name: "PEM as openssl writes it", body: key.publicPem },
  { name: "PEM with CRLF", body: lines((line) => `${line}\r`) },
  {
    name: "PEM with CR alone",
    body: key.publicPem.replaceAll("\n", "\r"),
    differ: {
      node: "OpenSSL ends lines at LF only",
    },
  },
  {
    name: "PEM indented, with trailing blanks",
    body: lines((line) => `      ${line} `),
    differ: {
      node: "OpenSSL wants each line to begin at its first column",
      jose: "looks for the label at the very beginning",
    },
  },
  {
    name: "PEM indented by tabs",
    body: lines((line) => `\t${line}`),
    differ: {
      node: "OpenSSL wants each line to begin at its first column",
      jose: "looks for the label at the very beginning",
    },
  },
  {
    name: "PEM with blank lines",
    body: lines((line) => `${line}\n`),
    differ: {
      node: "a blank line ends what OpenSSL takes for the PEM's header",
      PyJWT: "a blank line ends what cryptography takes for the PEM's header",
    },
  },
  { name: "PEM whose base64 is one line", body: pem("PUBLIC KEY", spki).replace(/(?<!-)\n(?!-)/g, "") },
  {
    name: "PEM in one line",
    body: key.publicPem.replaceAll("\n", " "),
    differ: {
      node: "OpenSSL wants the label on a line of its own",
    },
  },
  {
    name: "PEM in one line without a blank",
    body: key.publicPem.replaceAll("\n", ""),
    differ: {
      node: "OpenSSL wants the label on a line of its own",
    },
  },
  {
    name: "PEM after a byte order mark",
    body: `\uFEFF${key.publicPem}`,
    differ: {
      jose: "looks for the label at the very beginning",
    },
  },
  {
    name: "PEM after other text",
    body: `Our key:\n${key.publicPem}`,
    differ: { jose: "reads no text around a PEM, which RFC 7468 section 2 has skipped" },
  },
  {
    name: "PEM before other text",
    body: `${key.publicPem}That was our key.\n`,
    differ: { jose: "reads no text around a PEM" },
  },
  {
    name: "two PEMs",
    body: key.publicPem + other.publicPem,
    differ: {
      node: "takes the first and is silent of the other, whose tokens would then be refused",
      jose: "takes the first and is silent of the other",
      PyJWT: "takes the first and is silent of the other",
    },
  },
  {
    name: "PKCS#1",
    body: openssl("rsa", "-pubin", "-in", key.publicFile, "-RSAPublicKey_out"),
    differ: {
      jose: "reads SubjectPublicKeyInfo only",
    },
  },
  {
    name: "a certificate",
    body: openssl("req", "-x509", "-new", "-key", key.privateFile, "-subj", "/CN=shop.example", "-days", "3"),
  },
  {
    name: "a certificate that expired",
    body: certificate(key.privatePem, key.publicPem, "200101000000Z", "200131000000Z"),
    differ: {
      node: "leaves a certificate's validity to the caller",
      jose: "leaves a certificate's validity to the caller",
      PyJWT: "leaves a certificate's validity to the caller",
    },
  },
  {
    name: "a private PEM",
    body: key.privatePem,
    differ: {
      node: "derives the public key from a private one",
    },
  },
  {
    name: "a private PEM in PKCS#1",
    body: openssl("rsa", "-in", key.privateFile, "-traditional"),
    differ: {
      node: "derives the public key from a private one",
    },
  },
  {
    name: "PEM of 1024 bits",
    body: small.publicPem,
    token: small.token(claims()),
    differ: {
      node: "has no least size",
      PyJWT: "only warns of a small key",
    },
  },
  {
    name: "PEM with the exponent 1",
    body: pem("PUBLIC KEY", one.numbers.spki()),
    token: one.token,
    differ: {
      node: "OpenSSL takes any exponent: under this one everybody can sign",
      jose: "leaves the exponent to OpenSSL",
    },
  },
  {
    name: "PEM with the exponent 2",
    body: pem("PUBLIC KEY", two.numbers.spki()),
    token: two.token,
    differ: {
      node: "OpenSSL takes any exponent",
      jose: "leaves the exponent to OpenSSL",
    },
  },
  { name: "DER with a wrong first byte", body: pem("PUBLIC KEY", changed(spki, 0, 0x34)) },
  {
    name: "DER with bytes after it",
    body: pem("PUBLIC KEY", Buffer.concat([spki, Buffer.from([0, 0])])),
    differ: {
      node: "OpenSSL reads no further than the key",
      jose: "OpenSSL reads no further than the key",
    },
  },
  { name: "DER without its last byte", body: pem("PUBLIC KEY", spki.subarray(0, -1)) },
  {
    name: "the label of another form",
    body: key.publicPem.replaceAll("PUBLIC KEY", "RSA PUBLIC KEY"),
    differ: {
      PyJWT: "cryptography goes by the DER and tries both forms",
    },
  },
];

test("we and three libraries find the same key in a PEM, except where it is explained", () =>
  assertExplained(BODIES, key.token(claims())));

/** @param {Buffer} bytes @param {number} at @param {number} value */
function changed(bytes, at, value) {
  const copy = Buffer.from(bytes);
  copy[at] = value;
  return copy;
}
