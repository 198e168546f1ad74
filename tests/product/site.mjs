// A website on loopback: serves what a test gives it. Its own origin, so that CORS is real.

import { createServer } from "node:http";
import { once } from "node:events";

/** @typedef {{ status?: number, type?: string, headers?: Record<string, string>, body: string | Buffer }} Page */
/** @typedef {import("node:http").IncomingMessage} Request */

/** A website. */
export class Site {
  /** @type {Map<string, Page | ((request: Request) => Page | Promise<Page>)>} */
  #pages = new Map();
  #server = createServer(async (request, response) => {
    const page = this.#pages.get(new URL(request.url ?? "/", "http://site").pathname);
    const { status = 200, type = "text/html; charset=utf-8", headers = {}, body } =
      typeof page === "function" ? await page(request) : (page ?? { status: 404, body: "no such page" });
    response.writeHead(status, { "content-type": type, "cache-control": "no-store", ...headers }).end(body);
  });

  static async start() {
    const site = new Site();
    site.#server.listen(0, "127.0.0.1");
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

  async close() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}
