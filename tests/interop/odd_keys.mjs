// RSA keys that no tool makes: numbers chosen by hand, with tokens that are valid under them, and the DER around them.

import { createHash, createPublicKey, generatePrimeSync, sign } from "node:crypto";

import { base64url } from "./openssl.mjs";

/** @param {string} label @param {Buffer} der */
export const pem = (label, der) =>
  `-----BEGIN ${label}-----\n${der.toString("base64").replace(/.{64}/g, "$&\n").trimEnd()}\n-----END ${label}-----\n`;

/** @param {number} tag @param {Buffer[]} contents */
function der(tag, ...contents) {
  const content = Buffer.concat(contents);
  if (content.length < 128) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const length = unsigned(BigInt(content.length));
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content]);
}

/** @param {bigint} number */
function unsigned(number) {
  const hex = number.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex");
}

/** A public key's numbers. */
export class Numbers {
  /** @param {bigint} n @param {bigint} e */
  constructor(n, e) {
    this.n = n;
    this.e = e;
  }

  /** @param {string} publicPem */
  static of(publicPem) {
    const { n = "", e = "" } = createPublicKey(publicPem).export({ format: "jwk" });
    const number = (/** @type {string} */ text) => BigInt(`0x${Buffer.from(text, "base64url").toString("hex")}`);
    return new Numbers(number(n), number(e));
  }

  /** A SubjectPublicKeyInfo. */
  spki() {
    const integer = (/** @type {bigint} */ number) => {
      const bytes = unsigned(number);
      return der(0x02, (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.from([0]), bytes]));
    };
    const algorithm = der(0x30, Buffer.from("06092a864886f70d0101010500", "hex"));
    return der(0x30, algorithm, der(0x03, Buffer.from([0]), der(0x30, integer(this.n), integer(this.e))));
  }

  jwk() {
    return { kty: "RSA", n: unsigned(this.n).toString("base64url"), e: unsigned(this.e).toString("base64url") };
  }
}

/** What a signature of 2,048 bits holds: PKCS#1 v1.5 padding around a SHA-256 digest. @param {string} signed */
function padded(signed) {
  const digest = Buffer.concat([
    Buffer.from("3031300d060960864801650304020105000420", "hex"),
    createHash("sha256").update(signed).digest(),
  ]);
  const filler = Buffer.alloc(256 - 3 - digest.length, 0xff);
  return Buffer.concat([Buffer.from([0, 1]), filler, Buffer.from([0]), digest]);
}

/** Under the exponent 1 everybody can sign: the signature is the padded digest itself. @param {object} claims */
export function exponentOne(claims, kid = "one") {
  const [p, q] = [prime(), prime()];
  const signed = `${base64url({ alg: "RS256", kid })}.${base64url(claims)}`;
  return { numbers: new Numbers(p * q, 1n), token: `${signed}.${padded(signed).toString("base64url")}` };
}

/** Under the exponent 2 a signature is a square root, which one token in four has. @param {object} claims */
export function exponentTwo(claims, kid = "one") {
  const [p, q] = [prime(), prime()];
  const inverse = power(p, q - 2n, q);
  for (let attempt = 0; ; attempt++) {
    const signed = `${base64url({ alg: "RS256", kid })}.${base64url({ ...claims, attempt })}`;
    const number = BigInt(`0x${padded(signed).toString("hex")}`);
    const [a, b] = [power(number, (p + 1n) / 4n, p), power(number, (q + 1n) / 4n, q)];
    if ((a * a) % p !== number % p || (b * b) % q !== number % q) continue;
    const root = a + p * (((((b - a) % q) + q) * inverse) % q);
    const signature = Buffer.from(root.toString(16).padStart(512, "0"), "hex");
    return { numbers: new Numbers(p * q, 2n), token: `${signed}.${signature.toString("base64url")}` };
  }
}

/** A prime of 1,024 bits whose square roots are a single power, and large enough that two make a modulus of 2,048. */
function prime() {
  for (;;) {
    const prime = generatePrimeSync(1024, { bigint: true, add: 4n, rem: 3n });
    if (prime >> 1022n === 3n) return prime;
  }
}

/** @param {bigint} base @param {bigint} exponent @param {bigint} modulus */
function power(base, exponent, modulus) {
  let result = 1n;
  for (let square = base % modulus, rest = exponent; rest > 0n; rest >>= 1n, square = (square * square) % modulus) {
    if (rest & 1n) result = (result * square) % modulus;
  }
  return result;
}

/**
 * A certificate that vouches for itself, for a time of the test's choice: `openssl req` makes none of the past.
 * @param {string} privatePem
 * @param {string} publicPem
 * @param {string} from as `YYMMDDHHMMSSZ`
 * @param {string} until
 */
export function certificate(privatePem, publicPem, from, until) {
  const text = (/** @type {number} */ tag, /** @type {string} */ value) => der(tag, Buffer.from(value));
  const algorithm = der(0x30, Buffer.from("06092a864886f70d01010b0500", "hex"));
  const name = der(0x30, der(0x31, der(0x30, Buffer.from("0603550403", "hex"), text(0x0c, "shop.example"))));
  const signed = der(
    0x30,
    Buffer.from("a003020102020101", "hex"),
    algorithm,
    name,
    der(0x30, text(0x17, from), text(0x17, until)),
    name,
    createPublicKey(publicPem).export({ type: "spki", format: "der" }),
  );
  const signature = sign("sha256", signed, privatePem);
  return pem("CERTIFICATE", der(0x30, signed, algorithm, der(0x03, Buffer.from([0]), signature)));
}
