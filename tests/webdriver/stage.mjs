// What the flows by WebDriver stand on: a server, a browser, and a website of its own for each flow.

import { after, before } from "node:test";

import { recording } from "../product/chat.mjs";
import { Server } from "../product/server.mjs";
import { Website, bert, portalClient } from "../product/website.mjs";
import { VisitorsChat } from "./visitor.mjs";

/** What the page's policy forbade, counted from before its first script. */
const violations = `window.violations = [];
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => violations.push(violatedDirective + " " + blockedURI));
`;

/**
 * A server and a browser, for all flows of one suite.
 * @param {() => Promise<import("./drivers.mjs").Browser>} start
 */
export function setUp(start) {
  /** @type {import("./drivers.mjs").Browser} */
  let browser;
  /** @type {Server} */
  let server;
  /** @type {import("../product/operator.mjs").Operator} */
  let admin;
  /** @type {string} */
  let workStream;
  /** @type {Website[]} */
  const websites = [];

  before(async () => {
    ({ server, admin } = await Server.fresh());
    await admin.create("/admin/contacts", { id: bert.subject, name: "Bert Hair", active: true });
    const [queue] = (await admin.read("/admin/queues")).items;
    ({ id: workStream } = await admin.create("/admin/work-streams", {
      name: "Portal",
      contextVariables: [{ name: "msdyn_cartvalue", type: "number" }, { name: "msdyn_isvip", type: "boolean" }],
      rules: [],
      fallbackQueue: queue.id,
    }));
    browser = await start();
  });
  after(async () => {
    await browser?.close();
    await Promise.all(websites.map((website) => website.close()));
    await server?.close();
  });

  /**
   * A website of its own for each flow: another origin, so that nothing is left of the one before.
   * @param {{ visitor?: typeof bert, client?: string, widget?: object, strict?: boolean, server?: string }} options
   */
  async function visit({ visitor, client = portalClient, widget = {}, strict = false, server: address = server.url }) {
    const website = await Website.open();
    websites.push(website);
    website.visitor = visitor ?? null;
    website.site.publish("/client.js", { type: "text/javascript", body: `${recording}${violations}${client}` });
    const recorded = await website.record(admin, { workStream, widget });
    const { contentSecurityPolicy } = await admin.read(`/admin/chat-widgets/${recorded.widget}/snippet`);
    const policy = contentSecurityPolicy.replace("script-src ", "script-src 'self' ").replace("connect-src ", "connect-src 'self' ");
    await browser.driver.get(
      website.page({
        server: address,
        widget: recorded.widget,
        ...(strict && { policy: `default-src 'none'; img-src 'self'; require-trusted-types-for 'script'; ${policy}` }),
      }),
    );
    return { website, chat: new VisitorsChat(browser.driver) };
  }

  /** @param {string} conversation */
  const summary = (conversation) => admin.read(`/agent/conversations/${conversation}/summary`);
  /** @param {string} conversation */
  const stored = async (conversation) =>
    (await admin.read(`/agent/conversations/${conversation}/messages`)).items.map((/** @type {{ text: string }} */ { text }) => text);

  return {
    visit,
    summary,
    stored,
    /** @param {string} conversation @param {string} text */
    answer: (conversation, text) => admin.create(`/agent/conversations/${conversation}/messages`, { clientId: crypto.randomUUID(), text }),
    /** @param {string} conversation */
    accept: (conversation) => admin.create(`/agent/conversations/${conversation}/accept`, {}),
    /** @param {string} conversation @param {string[]} texts */
    say: async (conversation, texts) => {
      for (const text of texts) await admin.create(`/agent/conversations/${conversation}/messages`, { clientId: crypto.randomUUID(), text });
    },
    get server() {
      return server.url;
    },
    sockets: async () => /^bonafide_sockets_open\S* (\d+)/m.exec(await (await fetch(server.metrics)).text())?.[1],
    get driver() {
      return browser.driver;
    },
  };
}
