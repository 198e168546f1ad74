// The npm package as customers have it: its tarball, installed into pages of three kinds, each on an origin of its own,
// each chatting with the real server. And its types, as their compilers see them.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { Chat } from "../product/chat.mjs";
import { CustomersProject } from "../product/package.mjs";
import type { Website } from "../product/website.mjs";
import { type Product, bert, expect, test as base, textsOf } from "./fixtures";

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

/** Records the website and opens one of the project's pages on it. `built` is what a web server would serve. */
async function openPage(page: Page, product: Product, website: Website, { html, built }: { html: string; built: string }): Promise<void> {
  website.visitor = bert;
  const { widget } = await website.record(product.admin, { workStream: product.workStream });
  const body = readFileSync(html, "utf8").replaceAll("%SERVER%", product.server.url).replaceAll("%WIDGET%", widget);
  website.site.serve(built);
  await page.goto(website.site.publish("/", { body }));
}

/** The agent's side: who it is, what they said, and an answer. */
async function expectKnown(product: Product, conversation: string, said: string): Promise<void> {
  await expect.poll(() => textsOf(product, conversation)).toEqual([said]);
  const summary = await product.admin.read(`/agent/conversations/${conversation}/summary`);
  expect(summary).toMatchObject({ authenticated: "yes", contact: { name: "Bert Hair" } });
  await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
  await product.admin.create(`/agent/conversations/${conversation}/messages`, { clientId: "a1", text: "Hello Bert" });
}

test("a Vite and React page: the component, and a chat that the page draws itself", async ({ page, product, website, project }) => {
  const built = await project.build("react");
  await openPage(page, product, website, { html: join(built, "index.html"), built });
  const chat = new Chat(page);
  await chat.open();
  await expect(chat.panel.getByRole("heading", { name: "Ask about your order" })).toBeVisible();
  await expect(page.getByLabel("authenticated")).toHaveText("true");
  const { conversation } = await chat.hears("started");
  // A page that draws itself again gives new objects that say the same.
  await chat.box.pressSequentially("from ");
  await page.getByRole("button", { name: "Draw again" }).evaluate((button: HTMLElement) => button.click());
  await expect(page.getByLabel("drawn")).toHaveText("2");
  await page.keyboard.type("React");
  await expect(chat.box, "typing goes on where it was").toHaveValue("from React");
  await page.keyboard.press("Enter");
  await expectKnown(product, conversation, "from React");
  await expect(chat.log.getByText("Hello Bert")).toBeVisible();
  expect(await chat.heard("ready"), "nothing is begun again").toHaveLength(1);
  expect(await chat.heard("started"), "strict mode mounts twice, and starts once").toHaveLength(1);
  await expect(page.getByLabel("error")).toHaveText("");

  await page.getByRole("button", { name: "Another chat" }).click();
  await expect(chat.element).toHaveCount(0);
  await page.getByRole("button", { name: "Talk to us" }).click();
  await expect(page.getByLabel("phase"), "the hook takes up the same tab's conversation").toHaveText("active");
  await expect(page.getByRole("list", { name: "messages" }).getByText("from React")).toBeVisible();
  await page.getByLabel("message", { exact: true }).fill("from the hook");
  await page.getByLabel("message", { exact: true }).press("Enter");
  await expect.poll(() => textsOf(product, conversation)).toEqual(["from React", "Hello Bert", "from the hook"]);
});

test("a plain page of modules, without a bundler and without a face", async ({ page, product, website, project }) => {
  await openPage(page, product, website, { html: join(project.folder, "esm/index.html"), built: project.folder });
  await page.getByRole("button", { name: "Talk to us" }).click();
  await expect(page.getByLabel("authenticated")).toHaveText("true");
  await page.getByLabel("message", { exact: true }).fill("from modules");
  await page.getByLabel("message", { exact: true }).press("Enter");
  const conversation = await page.getByLabel("conversation").innerText();
  await expectKnown(product, conversation, "from modules");
  await expect(page.getByRole("list", { name: "messages" }).getByText("Hello Bert")).toBeVisible();
});

test("a plain page of modules: a refusal is a ChatError with its code", async ({ page, product, website, project }) => {
  await openPage(page, product, website, { html: join(project.folder, "esm/index.html"), built: project.folder });
  website.visitor = null;
  await page.getByRole("button", { name: "Talk to us" }).click();
  await expect(page.getByLabel("error")).toHaveText("token-not-provided");
});

test("a plain page with a script tag, an element and a client function", async ({ page, product, website, project }) => {
  await openPage(page, product, website, { html: join(project.folder, "script-tag/index.html"), built: project.folder });
  const chat = new Chat(page);
  await chat.open();
  const { conversation, authenticated } = await chat.hears("started");
  expect(authenticated).toBe(true);
  await chat.send("from a script tag");
  await expectKnown(product, conversation, "from a script tag");
  await expect(chat.log.getByText("Hello Bert")).toBeVisible();
  await expect.poll(() => textsOf(product, conversation)).toEqual(["from a script tag", "Hello Bert"]);
});

test("the engine as a file of the page's own, loaded before the first chat", async ({ page, product, website, project }) => {
  await openPage(page, product, website, { html: join(project.folder, "esm/index.html"), built: project.folder });
  const preload = (engineUrl: string) =>
    page.evaluate(async (engineUrl) => {
      const chat = "/node_modules/@bonafide/chat/dist/npm/index.js";
      const error = await (await import(chat)).preload({ engineUrl }).catch(({ message }: Error) => message);
      return error ?? "loaded";
    }, engineUrl);
  expect(await preload("/esm/index.html")).toBe("The chat's engine is not at /esm/index.html: what came is text/html; charset=utf-8, not WebAssembly.");
  const asked = page.waitForRequest(/\.wasm$/);
  expect(await preload("/node_modules/@bonafide/chat/dist/npm/bonafide_widget.wasm")).toBe("loaded");
  await asked;
  await page.getByRole("button", { name: "Talk to us" }).click();
  await expect(page.getByLabel("authenticated")).toHaveText("true");
});

test("the tarball holds what its manifest names, and installs nothing else", ({ project }) => {
  const manifest = JSON.parse(readFileSync(join(project.package, "package.json"), "utf8"));
  expect(manifest.dependencies ?? {}, "no runtime dependency").toEqual({});
  for (const entry of Object.values(manifest.exports)) {
    for (const file of Object.values(typeof entry === "string" ? { entry } : (entry as Record<string, string>))) {
      expect(existsSync(join(project.package, file)), file).toBe(true);
    }
  }
  expect(project.files.filter((file) => /^(src|test|scripts|node_modules)\//.test(file))).toEqual([]);
});

for (const resolution of ["nodenext", "bundler", "node10"]) {
  test(`the types accept what is right and refuse what is wrong, by the resolution ${resolution}`, async ({ project }) => {
    const flags = resolution === "nodenext" ? [] : ["--module", "esnext", "--moduleResolution", resolution];
    expect(await project.typecheck(flags)).toBe("");
  });
}
