// A website on loopback: serves what a test gives it. Its own origin, so that CORS is real, and one that no other had.

import { createServer } from "node:http";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";

import { freshPort } from "./ports.mjs";

/** @typedef {{ status?: number, type?: string, headers?: Record<string, string>, body: string | Buffer }} Page */
/** @typedef {import("node:http").IncomingMessage} Request */

/** What a web server calls the files that bundlers make. */
const TYPES = /** @type {Record<string, string>} */ ({
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
});

/** A website. */
export class Site {
  /** @type {Map<string, Page | ((request: Request) => Page | Promise<Page>)>} */
  #pages = new Map();
  /** @type {string | undefined} */
  #folder;
  #server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://site").pathname;
    const page = this.#pages.get(path) ?? this.#file(path);
    const { status = 200, type = "text/html; charset=utf-8", headers = {}, body } =
      typeof page === "function" ? await page(request) : (page ?? { status: 404, body: "no such page" });
    response.writeHead(status, { "content-type": type, "cache-control": "no-store", ...headers }).end(body);
  });

  static async start() {
    const site = new Site();
    site.#server.listen(await freshPort(), "127.0.0.1");
    await once(site.#server, "listening");
    return site;
  }

  /** Where it answers, without a final slash. */
  get url() {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the site is not listening");
    return `http://127.0.0.1:${address.port}`;
  }

  /**
   * Publishes a page, or changes it, and says where it is.
   * @param {string} path
   * @param {Page | ((request: Request) => Page | Promise<Page>)} page
   */
  publish(path, page) {
    this.#pages.set(path, page);
    return this.url + path;
  }

  /**
   * Serves the files of a folder, as any web server does, wherever no page is published.
   * @param {string} folder
   */
  serve(folder) {
    this.#folder = folder;
  }

  /**
   * @param {string} path as `URL` normalised it: it cannot lead out of the folder
   * @returns {Page | undefined}
   */
  #file(path) {
    if (this.#folder === undefined) return undefined;
    const file = join(this.#folder, path.endsWith("/") ? `${path}index.html` : path);
    if (!existsSync(file) || !statSync(file).isFile()) return undefined;
    return { type: TYPES[extname(file)] ?? "application/octet-stream", body: readFileSync(file) };
  }

  async close() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}
