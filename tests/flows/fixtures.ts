// What the flows stand on: one server for each worker, one website for each test, and the people who use them.

import { test as base, expect, type Page } from "@playwright/test";

import { Chat, recordEvents } from "../product/chat.mjs";
import type { Operator } from "../product/operator.mjs";
import { Server } from "../product/server.mjs";
import { Wire } from "../product/wire.mjs";
import { Website, bert } from "../product/website.mjs";

export { bert, expect };

/** A server with the sample payload's contact, and rules that tell the authenticated from the others. */
export interface Product {
  readonly server: Server;
  readonly admin: Operator;
  readonly workStream: string;
  readonly contact: { readonly id: string; readonly name: string };
}

/** The texts that the server has of a conversation, in its order. */
export const textsOf = async ({ admin }: Pick<Product, "admin">, conversation: string): Promise<string[]> => {
  const { items } = await admin.read(`/agent/conversations/${conversation}/messages`);
  return items.map((message: { text: string }) => message.text);
};

/** Prepares a fresh server. Those who need one without traces of other flows close it themselves. */
export async function prepare(): Promise<Product> {
  const { server, admin } = await Server.fresh();
  const queue = async (name: string): Promise<string> => (await admin.create("/admin/queues", { name })).id;
  const [baskets, members, guests] = [await queue("Big baskets"), await queue("Members"), await queue("Guests")];
  const { id: workStream } = await admin.create("/admin/work-streams", {
    name: "Shop",
    contextVariables: [
      { name: "msdyn_cartvalue", type: "number" },
      { name: "msdyn_isvip", type: "boolean" },
    ],
    rules: [
      {
        name: "Big basket",
        when: { all: [{ authenticated: true }, { variable: "msdyn_cartvalue", operator: "atLeast", value: 5000 }] },
        queue: baskets,
        priority: 50,
      },
      { name: "Signed in", when: { all: [{ authenticated: true }] }, queue: members, priority: 10 },
    ],
    fallbackQueue: guests,
  });
  const contact = { id: bert.subject, name: "Bert Hair" };
  await admin.create("/admin/contacts", { ...contact, email: "admin@contosohelp.com", phone: "1234567", active: true });
  return { server, admin, workStream, contact };
}

/**
 * Fails when two websites of a server published their keys at one address. A server keeps keys by their address, so the
 * later one's visitors would have been judged by the earlier one's keys.
 */
async function expectNoAddressTwice({ admin }: Pick<Product, "admin">): Promise<void> {
  const websites = new Map<string, string>();
  const twice: string[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const { items, next } = await admin.read(`/admin/authentication-settings?limit=200${cursor && `&cursor=${cursor}`}`);
    for (const { name, publicKeyUrl } of items) {
      // A website may be recorded more than once.
      const [website] = name.split(", ");
      const earlier = websites.get(publicKeyUrl) ?? website;
      websites.set(publicKeyUrl, website);
      if (earlier !== website) twice.push(`${publicKeyUrl}: ${earlier} and ${website}`);
    }
    cursor = next;
  }
  expect(twice, "addresses that two websites had").toEqual([]);
}

/** A work stream with a queue of its own. */
async function quietWorkStream({ admin }: Pick<Product, "admin">, members?: string[]): Promise<string> {
  const name = crypto.randomUUID();
  const { id: fallbackQueue } = await admin.create("/admin/queues", { name, ...(members && { members }) });
  return (await admin.create("/admin/work-streams", { name, contextVariables: [], rules: [], fallbackQueue })).id;
}

interface Fixtures {
  /** A website of this test's own. */
  website: Website;
  /** The network between the visitor and the server, for those who visit by it. */
  wire: Wire;
  /** The visitor's page; what its chats announce is recorded. */
  page: Page;
  /** Records the website, opens its page, and gives its only chat. */
  visit: (options?: Visit) => Promise<Chat>;
}

/** How a website is recorded and its page is made; see `Website.record` and `Website.page`. */
export interface Visit {
  readonly setting?: object | null;
  readonly widget?: object;
  readonly client?: string;
  readonly policy?: string;
  readonly lang?: string;
  readonly tag?: string;
  /** The server as this visitor reaches it; directly when absent. */
  readonly server?: string;
  /** Waits in a queue without visitors of other flows, whose coming and going would move the place of this one. */
  readonly isAlone?: boolean;
  /** In a queue of its own that nobody serves. Else somebody is there, so that there is a place in line. */
  readonly isUnserved?: boolean;
}

export const test = base.extend<Fixtures, { product: Product }>({
  product: [
    async ({}, use) => {
      const product = await prepare();
      try {
        await use(product);
        await expectNoAddressTwice(product);
      } finally {
        await product.server.close();
      }
    },
    { scope: "worker", timeout: 90_000 },
  ],

  website: async ({}, use) => {
    const website = await Website.open();
    await use(website);
    await website.close();
  },

  wire: async ({ product }, use) => {
    const wire = await Wire.to(product.server.url);
    await use(wire);
    await wire.close();
  },

  page: async ({ page }, use) => {
    await recordEvents(page);
    await use(page);
  },

  visit: async ({ page, product, website }, use) => {
    await use(async ({ setting, widget, isAlone, isUnserved, ...look } = {}) => {
      if (!isUnserved) await product.admin.read("/agent/availability");
      const recorded = await website.record(product.admin, {
        workStream: isUnserved ? await quietWorkStream(product, []) : isAlone ? await quietWorkStream(product) : product.workStream,
        ...(setting !== undefined && { setting }),
        ...(widget !== undefined && { widget }),
      });
      await page.goto(website.page({ server: product.server.url, widget: recorded.widget, ...look }));
      return new Chat(page);
    });
  },
});
