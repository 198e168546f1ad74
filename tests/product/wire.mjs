// The network between a visitor and the server, as it is on a train: a TCP connection that a test can cut and mend. Looks
// into nothing that passes.

import { once } from "node:events";
import { connect, createServer } from "node:net";

import { freshPort } from "./ports.mjs";

/** A wire to a server. */
export class Wire {
  /** @type {Set<import("node:net").Socket>} */
  #connections = new Set();
  #isCut = false;
  #server;

  /** @param {string} target the server's address */
  constructor(target) {
    const { hostname, port } = new URL(target);
    this.#server = createServer((near) => {
      if (this.#isCut) return near.destroy();
      const far = connect(Number(port), hostname);
      for (const [one, other] of /** @type {const} */ ([[near, far], [far, near]])) {
        this.#connections.add(one);
        // What breaks on one side is broken on the other.
        one.on("error", () => {}).on("close", () => {
          this.#connections.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
    });
  }

  /** @param {string} target */
  static async to(target) {
    const wire = new Wire(target);
    wire.#server.listen(await freshPort(), "127.0.0.1");
    await once(wire.#server, "listening");
    return wire;
  }

  /** Where the server answers for those at this end, without a final slash. */
  get url() {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the wire is not connected");
    return `http://127.0.0.1:${address.port}`;
  }

  /** Breaks every connection, and lets none through. */
  cut() {
    this.#isCut = true;
    for (const connection of this.#connections) connection.destroy();
  }

  mend() {
    this.#isCut = false;
  }

  async close() {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }
}
