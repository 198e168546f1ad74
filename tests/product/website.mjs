// A customer's website: pages that embed the chat, a sign-in of its own, an issuer made with `jose`. Nothing here is
// Bonafide's but the script tag.

import { SignJWT, exportSPKI, generateKeyPair } from "jose";

import { Site } from "./site.mjs";

/** @typedef {import("./operator.mjs").Operator} Operator */
/**
 * A page with the script tag. `client` is the page's own script, the portal's manner when absent; `policy` is a
 * Content-Security-Policy; `tag` is put into the script tag.
 * @typedef {{ server: string, widget?: string, widgets?: string[], client?: string, policy?: string, title?: string, path?: string, lang?: string, tag?: string }} PageOptions
 */
/** @typedef {{ issuer?: string, subject?: string, context?: Record<string, unknown>, expiresIn?: number }} Person */

/** The visitor whose contact record the tests know. */
export const bert = {
  subject: "87b4d06c-abc2-e811-a9b0-000d3a10e09e",
  context: { msdyn_cartvalue: "10000", msdyn_isvip: "false" },
};

/**
 * A client function in the manner that website owners know from their portals: XMLHttpRequest, a callback, silence when
 * the answer is not 200.
 */
export const portalClient = `
  window.auth = window.auth || {};
  auth.getAuthenticationToken = function (done) {
    var request = new XMLHttpRequest();
    request.onreadystatechange = function () {
      if (this.readyState === 4 && this.status === 200) {
        done(request.responseText);
      }
    };
    request.onerror = function () {
      done(null);
    };
    request.open("GET", "/auth/token", true);
    request.send();
  };`;

/** A website with a sign-in. */
export class Website {
  /** Who is signed in; nobody when null. @type {Person | null} */
  visitor = null;
  /** How often the token endpoint was asked. */
  tokensAsked = 0;
  #signsOutAfterToken = false;
  /** What no other website is called. */
  #name = `Website ${crypto.randomUUID()}`;
  #records = 0;
  /** @type {CryptoKey} */
  #privateKey;

  /**
   * @param {Site} site
   * @param {{ privateKey: CryptoKey, publicKey: string }} keys
   */
  constructor(site, { privateKey, publicKey }) {
    this.site = site;
    this.publicKey = publicKey;
    this.#privateKey = privateKey;
    this.publicKeyUrl = site.publish("/auth/publickey", { type: "text/plain", body: publicKey });
    site.publish("/auth/token", async () => {
      this.tokensAsked += 1;
      const { visitor } = this;
      if (this.#signsOutAfterToken) this.visitor = null;
      return visitor
        ? { type: "text/plain", body: await this.token(visitor) }
        : { status: 401, type: "text/plain", body: "" };
    });
    site.publish("/client.js", { type: "text/javascript", body: portalClient });
  }

  static async open() {
    const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
    return new Website(await Site.start(), { privateKey, publicKey: await exportSPKI(publicKey) });
  }

  /**
   * Signs somebody in for one token: whoever asks for another finds nobody signed in, however soon that is.
   * @param {Person} visitor
   */
  signInOnce(visitor) {
    this.visitor = visitor;
    this.#signsOutAfterToken = true;
  }

  /** The page's origin. */
  get origin() {
    return this.site.url;
  }

  /**
   * Signs a token as this website does.
   * @param {Person} person
   * @param {{ claims?: Record<string, unknown>, header?: Record<string, unknown> }} [changes] undefined removes a claim
   */
  token({ issuer = "contosohelp.com", subject = bert.subject, context = {}, expiresIn = 900 }, { claims, header } = {}) {
    const now = Math.floor(Date.now() / 1000);
    const payload = {
      iss: issuer,
      sub: subject,
      iat: now,
      exp: now + expiresIn,
      lwicontexts: JSON.stringify(context),
      ...claims,
    };
    return new SignJWT(payload).setProtectedHeader({ alg: "RS256", typ: "JWT", ...header }).sign(this.#privateKey);
  }

  /**
   * Records this website at a server: a setting for its keys and a widget for its pages.
   * @param {Operator} admin
   * @param {{ workStream: string, setting?: object | null, widget?: object }} options a null setting records none
   * @returns {Promise<{ widget: string, setting: string | null }>}
   */
  async record(admin, { workStream, setting = {}, widget = {} }) {
    const name = `${this.#name}, ${++this.#records}`;
    const recorded = setting && await admin.create("/admin/authentication-settings", {
      name,
      publicKeyUrl: this.publicKeyUrl,
      clientFunction: "auth.getAuthenticationToken",
      ...setting,
    });
    const { id } = await admin.create("/admin/chat-widgets", {
      name,
      workStream,
      authenticationSetting: recorded?.id ?? null,
      signIn: "required",
      allowedOrigins: [this.origin],
      ...widget,
    });
    return { widget: id, setting: recorded?.id ?? null };
  }

  /**
   * Publishes a page with the script tag, and says where it is.
   * @param {PageOptions} page
   */
  page({ server, widget, widgets = widget === undefined ? [] : [widget], client, policy, title = "Cart", path = "/cart", lang = "en", tag = "" }) {
    const tags = widgets.map((id) => `<script async src="${server}/embed.js" data-widget="${id}" ${tag}></script>`);
    const own = client === undefined ? `<script src="/client.js"></script>` : `<script>${client}</script>`;
    const direction = lang === "ar" ? "rtl" : "ltr";
    return this.site.publish(path, {
      headers: policy === undefined ? {} : { "content-security-policy": policy },
      body: `<!doctype html>
<html lang="${lang}" dir="${direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${title}</title>${own}</head>
<body><main><h1>${title}</h1><p>A website that has nothing to do with the chat but its script tag.</p></main>
${tags.join("\n")}</body>
</html>`,
    });
  }

  close() {
    return this.site.close();
  }
}
