// `bonafide serve` as an administrator runs it: a fresh folder, the set-up link, then settings over HTTP.

import { Operator } from "./operator.mjs";
import { RunningProgram, temporaryFolder } from "./process.mjs";

/** The first administrator of every server that the tests start. */
export const administrator = {
  name: "Ada Admin",
  email: "ada@example.com",
  password: "correct horse battery staple",
};

/** A running server, fresh unless it was restarted. */
export class Server {
  #folder = temporaryFolder();
  /** @type {RunningProgram | undefined} */
  #program;
  /** Where it answers, without a final slash. */
  url = "";

  /** Starts a fresh server and sets up its administrator. */
  static async fresh() {
    const server = new Server();
    const link = await server.#start("127.0.0.1:0");
    if (!link) throw new Error("a fresh server printed no set-up link");
    const admin = new Operator(server.url);
    await admin.setUp({ ...administrator, secret: link });
    return { server, admin };
  }

  /**
   * @param {string} address
   * @returns {Promise<string | undefined>} the secret of the set-up link, on a fresh server
   */
  async #start(address) {
    this.#program = new RunningProgram(
      ["serve", "--listen", address, "--data", this.#folder.path, "--allow-private-key-urls"],
      this.#folder.path,
    );
    const [, url = ""] = await this.#program.printed(/(http:\/\/127\.0\.0\.1:[1-9]\d*)/);
    const fresh = this.url === "";
    this.url = url;
    return fresh ? (await this.#program.printed(/\/setup#(\S+)/))[1] : undefined;
  }

  /** What it has printed since it was last started. */
  get output() {
    return this.#program?.output ?? "";
  }

  /** Takes its power away. */
  async kill() {
    await this.#program?.stop("SIGKILL");
  }

  /** Starts it again on the same data, at the same address. */
  async restart() {
    await this.#start(new URL(this.url).host);
  }

  /** Ends it and removes its data. */
  async close() {
    await this.#program?.stop();
    this.#folder.remove();
  }
}
