// A website that authenticates its visitors, recorded at a running server: the ground that the interop tests stand on.

import { Server } from "../product/server.mjs";
import { Site } from "../product/site.mjs";
import { temporaryFolder } from "../product/process.mjs";
import { startConversation } from "../product/visitor.mjs";

/** Claims as a website makes them, with the context as a string that holds JSON. */
export function claims(changes = {}) {
  const now = Math.floor(Date.now() / 1000);
  return {
    sub: "87b4d06c-abc2-e811-a9b0-000d3a10e09e",
    preferred_username: "a184fade-d7d0-40e5-9c33-97478491d352",
    phone_number: "1234567",
    given_name: "Bert",
    family_name: "Hair",
    email: "admin@contosohelp.com",
    lwicontexts: JSON.stringify({ msdyn_cartvalue: "10000", msdyn_isvip: "false" }),
    iat: now,
    iss: "contosohelp.com",
    exp: now + 900,
    nbf: now,
    ...changes,
  };
}

/** A server, a website, and a folder for keys. */
export class Ground {
  #names = 0;

  /**
   * @param {Server} server
   * @param {import("../product/operator.mjs").Operator} admin
   * @param {Site} site
   * @param {string} workStream
   */
  constructor(server, admin, site, workStream) {
    this.server = server;
    this.admin = admin;
    this.site = site;
    this.workStream = workStream;
    this.folder = temporaryFolder();
  }

  static async prepare() {
    const { server, admin } = await Server.fresh();
    const site = await Site.start();
    const queue = (await admin.read("/admin/queues")).items[0].id;
    const { id } = await admin.create("/admin/work-streams", {
      name: "Shop",
      contextVariables: [
        { name: "msdyn_cartvalue", type: "number" },
        { name: "msdyn_isvip", type: "boolean" },
      ],
      rules: [],
      fallbackQueue: queue,
    });
    return new Ground(server, admin, site, id);
  }

  /**
   * Publishes a key body, records a setting for it and a widget with that setting.
   * @param {string} body
   * @param {{ setting?: object, signIn?: "required" | "optional", status?: number }} [options]
   */
  async website(body, { setting = {}, signIn = "required", status = 200 } = {}) {
    const name = `Website ${++this.#names}`;
    const publicKeyUrl = this.site.publish(`/keys-${this.#names}`, { status, type: "text/plain", body });
    const recorded = await this.admin.create("/admin/authentication-settings", {
      name,
      publicKeyUrl,
      clientFunction: "auth.getAuthenticationToken",
      ...setting,
    });
    const widget = await this.admin.create("/admin/chat-widgets", {
      name,
      workStream: this.workStream,
      authenticationSetting: recorded.id,
      signIn,
      allowedOrigins: ["https://shop.example.com"],
    });
    return { setting: recorded.id, widget: widget.id };
  }

  /**
   * @param {string} widget
   * @param {string} [token]
   */
  start(widget, token) {
    return startConversation(this.server.url, widget, token === undefined ? {} : { token });
  }

  /**
   * What the agent sees of a conversation.
   * @param {string} conversation
   */
  summary(conversation) {
    return this.admin.read(`/agent/conversations/${conversation}/summary`);
  }

  async close() {
    await this.server.close();
    await this.site.close();
    this.folder.remove();
  }
}
