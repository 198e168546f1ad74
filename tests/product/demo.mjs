// `bonafide demo` as a newcomer starts it: reads from the screen where to go and how to sign in.

import { freshPort } from "./ports.mjs";
import { RunningProgram, temporaryFolder } from "./process.mjs";

/** @typedef {{ url: string, email: string, password: string }} Door */

/** A running demo. */
export class Demo {
  #folder;
  #program;
  /** The shop's origin. */
  shop = "";
  /** @type {Door} */
  agent = { url: "", email: "", password: "" };
  /** @type {Door} */
  administrator = { url: "", email: "", password: "" };

  /**
   * @param {number} port
   * @param {number} shopPort
   */
  constructor(port, shopPort) {
    this.#folder = temporaryFolder();
    this.#program = new RunningProgram(
      ["demo", "--listen", `127.0.0.1:${port}`, "--shop-listen", `127.0.0.1:${shopPort}`, "--data", this.#folder.path],
      this.#folder.path,
    );
  }

  static async start() {
    const demo = new Demo(await freshPort(), await freshPort());
    try {
      [, demo.shop = ""] = await demo.#program.printed(/^ *Shop +(http:\S+)$/m);
      demo.agent = await demo.#door("Agent");
      demo.administrator = await demo.#door("Administrator");
      return demo;
    } catch (error) {
      await demo.close();
      throw error;
    }
  }

  /** The chat server's origin. */
  get server() {
    return new URL(this.agent.url).origin;
  }

  /**
   * @param {string} name
   * @returns {Promise<Door>}
   */
  async #door(name) {
    const line = new RegExp(`^ *${name} +(http:\\S+) +(\\S+@\\S+) +(\\S+)$`, "m");
    const [, url = "", email = "", password = ""] = await this.#program.printed(line);
    return { url, email, password };
  }

  async close() {
    await this.#program.stop();
    this.#folder.remove();
  }
}
