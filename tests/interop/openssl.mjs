// Keys and signatures of the `openssl` program, by the commands that its users type.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** @param {unknown} value */
export const base64url = (value) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** An RSA key pair as `openssl genpkey` makes it. */
export class OpensslKey {
  /**
   * @param {string} folder where the key files go
   * @param {string} name
   */
  constructor(folder, name, bits = 2048) {
    this.privateFile = join(folder, `${name}_private.pem`);
    this.publicFile = join(folder, `${name}_public.pem`);
    this.#run("genpkey", "-algorithm", "RSA", "-out", this.privateFile, "-pkeyopt", `rsa_keygen_bits:${bits}`);
    this.#run("rsa", "-pubout", "-in", this.privateFile, "-out", this.publicFile);
    this.privatePem = this.#run("pkey", "-in", this.privateFile).toString();
    this.publicPem = this.#run("pkey", "-pubin", "-in", this.publicFile).toString();
  }

  /**
   * Signs a token with `openssl dgst -sha256 -sign`. Header and payload may be text, for tokens that no library makes.
   * @param {unknown} payload
   * @param {unknown} [header]
   */
  token(payload, header = { alg: "RS256", typ: "JWT" }) {
    const signed = `${base64url(header)}.${base64url(payload)}`;
    const input = join(this.privateFile, "..", "to-sign");
    writeFileSync(input, signed);
    const signature = this.#run("dgst", "-sha256", "-sign", this.privateFile, input);
    return `${signed}.${signature.toString("base64url")}`;
  }

  /** @param {string[]} args */
  #run(...args) {
    return execFileSync("openssl", args, { stdio: ["ignore", "pipe", "pipe"] });
  }
}
