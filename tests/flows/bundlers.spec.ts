// The npm package in the bundlers that its README names, from its tarball and without a setting for it: what each makes of a
// page chats with the real server.

import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { builders, devServers, serve } from "../product/bundlers.mjs";
import { Chat } from "../product/chat.mjs";
import { CustomersProject } from "../product/package.mjs";
import { type Product, bert, expect, test as base, textsOf } from "./fixtures";

/** In a file, one after the other: they all need the processors to themselves. */
base.describe.configure({ mode: "default" });

const test = base.extend<object, { project: CustomersProject }>({
  project: [
    async ({}, use) => {
      const project = await CustomersProject.install();
      await use(project);
      project.remove();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

/** A copy of the page in the customer's project, as one folder for each bundler: some leave things beside it. */
function pageFor(project: CustomersProject, name: string, values: Record<string, string>): string {
  const page = join(project.folder, name.replaceAll(/\W+/g, "-"));
  cpSync(join(project.folder, "bundled"), page, { recursive: true });
  let html = readFileSync(join(page, "index.html"), "utf8");
  for (const [key, value] of Object.entries(values)) html = html.replaceAll(`%${key}%`, value);
  writeFileSync(join(page, "index.html"), html);
  return page;
}

/** Signs Bert in, chats, and looks at what the agent sees. */
async function chats(page: Page, product: Product, url: string): Promise<void> {
  await page.goto(url);
  const chat = new Chat(page);
  await chat.open();
  const { conversation, authenticated } = await chat.hears("started");
  expect(authenticated).toBe(true);
  await chat.send("from a bundle");
  await expect.poll(() => textsOf(product, conversation)).toEqual(["from a bundle"]);
}

for (const [name, build] of Object.entries(builders)) {
  test(`${name}`, async ({ page, product, website, project }) => {
    website.visitor = bert;
    const { widget } = await website.record(product.admin, { workStream: product.workStream });
    const folder = pageFor(project, name, { SERVER: product.server.url, WIDGET: widget });
    const out = join(folder, "built");
    mkdirSync(out);
    await build(folder, out);
    if (!existsSync(join(out, "index.html"))) cpSync(join(folder, "index.html"), join(out, "index.html"));
    website.site.serve(out);
    await chats(page, product, `${website.origin}/index.html`);
  });
}

for (const name of devServers) {
  test(`${name}, while developing`, async ({ page, product, website, project }) => {
    website.visitor = bert;
    const { widget } = await website.record(product.admin, { workStream: product.workStream, widget: { allowedOrigins: ["*"] } });
    const folder = pageFor(project, `${name} dev`, { SERVER: product.server.url, WIDGET: widget });
    const server = await serve(name, folder, website.origin);
    try {
      await chats(page, product, server.url);
    } finally {
      await server.close();
    }
  });
}
