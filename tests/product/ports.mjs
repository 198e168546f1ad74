// Ports of loopback for what the tests start. No port is given twice in a run, since others remember an address: a server
// keeps the keys that it found there, a browser what a page stored, a client its open connections. "Any free port" of the
// system is often one that was closed a moment ago.

import { once } from "node:events";
import { connect, createServer } from "node:net";
import { text } from "node:stream/consumers";

/**
 * Below what systems give to those who ask for any port, and to outgoing connections: 32768 and above. So nobody takes one
 * of these by chance while a server restarts.
 */
const FIRST = 12_000;
const LAST = 31_999;

/** How many a run takes at once. A whole run of the flows needs some of them. */
const BLOCK = 100;

/** The variable that tells a process of a run where that run's ports are to be had. */
const SHARED = "BONAFIDE_TEST_PORTS";

const ports = freshPorts();

/**
 * A port of 127.0.0.1 that nothing in this run had before.
 * @returns {Promise<number>}
 */
export async function freshPort() {
  const shared = process.env[SHARED];
  const port = shared === undefined ? (await ports.next()).value : Number(await text(connect(Number(shared), "127.0.0.1")));
  if (!port) throw new Error(`no port from ${FIRST} to ${LAST} is left for this run`);
  return port;
}

/**
 * Gives this process's ports to those that it starts from now on, so that all together are one run.
 * @returns {Promise<() => void>} ends that
 */
export default async function sharePorts() {
  const port = await freshPort();
  const server = createServer((socket) => {
    // Who asks and goes away has got a port that nobody uses.
    socket.on("error", () => {});
    ports.next().then(({ value }) => socket.end(value ? String(value) : ""), (error) => socket.destroy(error));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  process.env[SHARED] = String(port);
  return () => {
    delete process.env[SHARED];
    server.close();
  };
}

/**
 * Every port once. Blocks of them belong to whoever listens on their first port, until that process ends: the runs on one
 * machine share none.
 */
async function* freshPorts() {
  for (let first = FIRST; first <= LAST; first += BLOCK) {
    const owner = await listen(first);
    owner?.unref();
    for (let port = first + 1; owner && port < first + BLOCK; port += 1) {
      const probe = await listen(port);
      // Otherwise some other program has it.
      if (!probe) continue;
      probe.close();
      await once(probe, "close");
      yield port;
    }
  }
}

/**
 * Listens on a port; nothing when that is not possible.
 * @param {number} port
 * @returns {Promise<import("node:net").Server | undefined>}
 */
function listen(port) {
  return new Promise((resolve) => {
    const server = createServer().once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
