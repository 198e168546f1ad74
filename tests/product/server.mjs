// `bonafide serve` as an administrator runs it: a fresh folder, the set-up link, then settings over HTTP.

import { Operator } from "./operator.mjs";
import { freshPort } from "./ports.mjs";
import { RunningProgram, temporaryFolder } from "./process.mjs";

/** The first administrator of every server that the tests start. */
export const administrator = {
  name: "Ada Admin",
  email: "ada@example.com",
  password: "correct horse battery staple",
};

/**
 * Limits that nobody meets. To a server, all the tests that use it are one person at one address, who starts chats as fast as
 * the machine lets them.
 */
const UNLIMITED = ["--attempts-per-network", "1000000", "--starts-per-subject", "1000000"];

/** A running server, fresh unless it was restarted. */
export class Server {
  #folder = temporaryFolder();
  /** @type {RunningProgram | undefined} */
  #program;
  /** Where it answers, without a final slash. */
  url = "";
  /** Where Prometheus reads. */
  metrics = "";

  /** @param {string[]} flags besides those that every server of the tests has */
  constructor(flags) {
    this.flags = flags;
  }

  /** Starts a fresh server that nobody has set up, and gives the link it prints. */
  static async untouched({ flags = UNLIMITED } = {}) {
    const server = new Server(flags);
    try {
      await server.#start(`127.0.0.1:${await freshPort()}`);
      const [setUpLink = "", secret = ""] = await server.#printed(/http:\S+\/setup#(\S+)/);
      return { server, setUpLink, secret };
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  /** Starts a fresh server and sets up its administrator. */
  static async fresh({ flags = UNLIMITED } = {}) {
    const { server, secret } = await Server.untouched({ flags });
    const admin = new Operator(server.url);
    await admin.setUp({ ...administrator, secret });
    return { server, admin };
  }

  /** @param {string} address */
  async #start(address) {
    this.#program = new RunningProgram(
      ["serve", "--listen", address, "--data", this.#folder.path, "--allow-private-key-urls", "--metrics-listen", `127.0.0.1:${await freshPort()}`, ...this.flags],
      this.#folder.path,
    );
    [, this.url = ""] = await this.#printed(/listens on (http:\/\/127\.0\.0\.1:[1-9]\d*)/);
    [, this.metrics = ""] = await this.#printed(/Metrics are on (http:\S+)/);
  }

  /** @param {RegExp} pattern */
  async #printed(pattern) {
    if (!this.#program) throw new Error("the server was never started");
    return this.#program.printed(pattern);
  }

  /** What it has printed since it was last started. */
  get output() {
    return this.#program?.output ?? "";
  }

  /** Takes its power away. */
  async kill() {
    await this.#program?.stop("SIGKILL");
  }

  /** Starts it again on the same data, at the same address: nobody else gets that meanwhile. */
  async restart() {
    await this.#start(new URL(this.url).host);
  }

  /** Ends it and removes its data. */
  async close() {
    await this.#program?.stop();
    this.#folder.remove();
  }
}
