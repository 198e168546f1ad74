// What flows of the agent console have in common: agents with accounts of their own, and visitors without a browser who wait
// and write.

import { Desk } from "./desk.mjs";
import { startConversation } from "./visitor.mjs";

/** @typedef {import("@playwright/test").Browser} Browser */
/** @typedef {import("./operator.mjs").Operator} Operator */
/** @typedef {{ server: { url: string }, admin: Operator }} Product */

/**
 * Records an agent, or somebody of another role, and gives what they sign in with.
 * @param {Operator} admin
 * @param {string} name
 * @param {string} [role]
 */
export async function hire(admin, name, role = "agent") {
  const who = { name, email: `${crypto.randomUUID()}@example.com`, password: "correct horse battery staple", role };
  const { id } = await admin.create("/admin/operators", who);
  return { id, ...who };
}

/**
 * An agent at work, with an account of their own.
 * @param {Browser} browser
 * @param {Product} product
 * @param {string} [name]
 * @param {string} [role]
 */
export async function agentAtWork(browser, { server, admin }, name = "Tessa Agent", role = "agent") {
  const who = await hire(admin, name, role);
  return Object.assign(await Desk.signIn(browser, server.url, who), { who });
}

/** A visitor who waits, without a browser. */
export class Waiting {
  /**
   * @param {string} server
   * @param {{ conversation: { id: string }, session: { secret: string } }} started
   */
  constructor(server, started) {
    this.server = server;
    this.id = started.conversation.id;
    this.secret = started.session.secret;
  }

  /**
   * @param {string} server
   * @param {string} widget
   */
  static async start(server, widget) {
    const { status, body } = await startConversation(server, widget);
    if (status >= 300) throw new Error(`not started: ${status} ${JSON.stringify(body)}`);
    return new Waiting(server, body);
  }

  /** @param {string} text */
  say(text) {
    return this.#post("messages", { clientId: crypto.randomUUID(), text });
  }

  /** Ends the conversation. */
  leave() {
    return this.#post("end", {});
  }

  /**
   * @param {string} what
   * @param {unknown} body
   */
  async #post(what, body) {
    const answer = await fetch(`${this.server}/api/v1/conversations/${this.id}/${what}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${this.secret}`, origin: "https://shop.example.com" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${what}: ${answer.status} ${await answer.text()}`);
  }
}

/**
 * A widget for visitors who are not known, with a work stream and a queue of its own, so that nobody else stands in its line.
 * @param {Operator} admin
 * @param {string} [name] the queue's
 */
export async function ownLine(admin, name = `Queue ${crypto.randomUUID().slice(0, 8)}`) {
  const queue = await admin.create("/admin/queues", { name });
  const stream = { name, contextVariables: [], rules: [], fallbackQueue: queue.id };
  const { id: workStream } = await admin.create("/admin/work-streams", stream);
  const widget = { name, workStream, authenticationSetting: null, signIn: "optional", allowedOrigins: ["https://shop.example.com"] };
  const { id } = await admin.create("/admin/chat-widgets", widget);
  return { widget: id, queue: { id: queue.id, name } };
}
