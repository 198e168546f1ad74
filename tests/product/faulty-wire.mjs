// The network between a visitor and the server where WebSockets die without a word, as they do behind proxies, routers and lids
// that are closed. Everything else passes. It tells a WebSocket by its first bytes, and looks into nothing else.

import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

import { freshPort } from "./ports.mjs";

/**
 * What becomes of WebSockets, those that are open as well as new ones:
 * - `none`: they work;
 * - `refused`: a new one is closed at once;
 * - `unanswered`: a new one is never answered;
 * - `silent`: the handshake of a new one is answered, and then nothing more comes;
 * - `frozen`: nothing passes any more, in neither direction;
 * - `deaf`: what the server says does not arrive;
 * - `mute`: what the visitor says does not arrive;
 * - `forgotten`: nothing passes, and whoever sends something is told that there is no such connection;
 * - `dripping`: what the server says arrives at one byte in half a second.
 * @typedef {"none" | "refused" | "unanswered" | "silent" | "frozen" | "deaf" | "mute" | "forgotten" | "dripping"} Fault
 */

/** @type {readonly Fault[]} */
export const FAULTS = ["refused", "unanswered", "silent", "frozen", "deaf", "mute", "forgotten", "dripping"];

const DRIP_MS = 500;
/** How the answer to a handshake ends. */
const HEAD_END = "\r\n\r\n";

/** A wire to a server. */
export class FaultyWire {
  /** What is wrong with it. May be set at any time. @type {Fault} */
  fault = "none";
  /** How many WebSockets were asked for. */
  sockets = 0;
  /** @type {Set<import("node:net").Socket>} */
  #connections = new Set();
  #server;

  /** @param {string} target the server's address */
  constructor(target) {
    const { hostname, port } = new URL(target);
    this.#server = createServer((near) => {
      const far = connect(Number(port), hostname);
      for (const [one, other] of /** @type {const} */ ([[near, far], [far, near]])) {
        this.#connections.add(one);
        one.on("error", () => {}).on("close", () => {
          this.#connections.delete(one);
          // Of a connection that is lost, nobody hears that it ended.
          if (this.fault === "none" || this.fault === "refused" || !this.#isSocket.has(near)) other.destroy();
        });
      }
      near.on("data", (data) => this.#fromVisitor(near, far, data));
      far.on("data", (data) => this.#fromServer(near, far, data));
    });
  }

  /** @type {WeakSet<import("node:net").Socket>} */
  #isSocket = new WeakSet();
  /** Those whose handshake was answered. @type {WeakSet<import("node:net").Socket>} */
  #isOpen = new WeakSet();

  /**
   * @param {import("node:net").Socket} near
   * @param {import("node:net").Socket} far
   * @param {Buffer} data
   */
  #fromVisitor(near, far, data) {
    if (/^GET \S+\/socket HTTP/.test(data.toString("latin1"))) {
      this.#isSocket.add(near);
      this.sockets += 1;
      if (this.fault === "refused") return near.destroy();
      if (this.fault === "unanswered") return;
    } else if (this.#isSocket.has(near)) {
      if (this.fault === "forgotten") return near.resetAndDestroy();
      if (/frozen|mute|unanswered/.test(this.fault)) return;
    }
    far.write(data);
  }

  /**
   * @param {import("node:net").Socket} near
   * @param {import("node:net").Socket} far
   * @param {Buffer} data
   */
  async #fromServer(near, far, data) {
    if (!this.#isSocket.has(near)) return near.write(data);
    const isAnswer = !this.#isOpen.has(near) && data.includes(HEAD_END);
    if (isAnswer) this.#isOpen.add(near);
    if (isAnswer && /silent|forgotten/.test(this.fault)) return near.write(data.subarray(0, data.indexOf(HEAD_END) + HEAD_END.length));
    if (/frozen|deaf|silent|forgotten|unanswered/.test(this.fault)) return;
    if (this.fault !== "dripping") return near.write(data);
    far.pause();
    for (const byte of data) {
      if (near.destroyed) return;
      near.write(Buffer.of(byte));
      if (this.fault === "dripping") await wait(DRIP_MS);
    }
    far.resume();
  }

  /** @param {string} target */
  static async to(target) {
    const wire = new FaultyWire(target);
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

  async close() {
    this.fault = "none";
    for (const connection of this.#connections) connection.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }
}
