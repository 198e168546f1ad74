// An operator's HTTP client: signs in as the consoles do, with a cookie and a same-origin `Origin`.

/** @typedef {{ status: number, body: any, headers: Headers }} Answer */

/** A signed-in operator. */
export class Operator {
  #cookie = "";

  /** @param {string} server */
  constructor(server) {
    this.server = server;
  }

  /** The session's cookie, `name=value`; empty before signing in. */
  get cookie() {
    return this.#cookie;
  }

  /** @param {{ secret: string, name: string, email: string, password: string }} who */
  async setUp(who) {
    await this.#expect("POST", "/operator/setup", who);
    await this.signIn(who);
  }

  /** @param {{ email: string, password: string }} who */
  async signIn({ email, password }) {
    await this.#expect("POST", "/operator/session", { email, password });
    return this;
  }

  /**
   * @param {string} path
   * @returns {Promise<any>}
   */
  read(path) {
    return this.#expect("GET", path);
  }

  /**
   * @param {string} path
   * @param {unknown} body
   * @returns {Promise<any>}
   */
  create(path, body) {
    return this.#expect("POST", path, body);
  }

  /**
   * @param {string} path
   * @param {unknown} body
   * @returns {Promise<any>}
   */
  change(path, body) {
    return this.#expect("PUT", path, body);
  }

  /**
   * One request, whatever the answer.
   * @param {string} method
   * @param {string} path below `/api/v1`
   * @param {unknown} [body]
   * @returns {Promise<Answer>}
   */
  async ask(method, path, body) {
    const answer = await fetch(`${this.server}/api/v1${path}`, {
      method,
      headers: {
        origin: this.server,
        ...(this.#cookie && { cookie: this.#cookie }),
        // What flows change beside the consoles, they change whatever its version is.
        ...((method === "PUT" || method === "DELETE") && { "if-match": "*" }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      this.#cookie = cookie.split(";")[0] ?? "";
    }
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === "" ? null : JSON.parse(text) };
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   */
  async #expect(method, path, body) {
    const answer = await this.ask(method, path, body);
    if (answer.status >= 300) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }
}
