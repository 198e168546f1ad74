// The engine alone, as `wasm-pack build` makes it for those who bring their own interface: for browsers and for bundlers, each
// chatting with the real server.

import { cpSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import webpack from "webpack";

import { temporaryFolder } from "../product/process.mjs";
import { bert, expect, test, textsOf } from "./fixtures";

const pages = join(dirname(dirname(fileURLToPath(import.meta.url))), "sdk");

/** Where the suite had wasm-pack put the engine, in a folder for each way to load it. */
function sdk(target: "web" | "bundler"): string {
  const folder = process.env.BONAFIDE_SDK;
  if (!folder) throw new Error("BONAFIDE_SDK names no folder: `cargo xtask test flows` builds the engine with wasm-pack and sets it");
  return join(folder, target);
}

const built = {
  async web(folder: string): Promise<string> {
    cpSync(pages, folder, { recursive: true });
    cpSync(sdk("web"), join(folder, "sdk"), { recursive: true });
    return "/web.js";
  },
  async bundler(folder: string): Promise<string> {
    const compiler = webpack({
      mode: "production",
      entry: join(pages, "bundler.js"),
      output: { path: folder, filename: "page.js", publicPath: "/" },
      resolve: { alias: { sdk: sdk("bundler") } },
      experiments: { asyncWebAssembly: true },
    });
    const stats = await promisify(compiler.run.bind(compiler))();
    if (!stats || stats.hasErrors()) throw new Error(stats?.toString("errors-only"));
    return "/page.js";
  },
};

for (const target of ["web", "bundler"] as const) {
  test(`wasm-pack build --target ${target}: a chat without an interface of ours`, async ({ page, product, website }) => {
    website.visitor = bert;
    const { widget } = await website.record(product.admin, { workStream: product.workStream });
    const folder = temporaryFolder();
    try {
      const script = await built[target](folder.path);
      website.site.serve(folder.path);
      const outputs = ["phase", "conversation", "authenticated", "delivery", "message", "error"].map((id) => `<output id="${id}"></output>`);
      const body = `<!doctype html><title>Engine</title><script src="/client.js"></script>
        <body data-server="${product.server.url}" data-widget="${widget}">${outputs.join("")}<script type="module" src="${script}"></script>`;
      await page.goto(website.site.publish("/", { body }));
      await expect(page.locator("#delivery")).toHaveText("sent");
      await expect(page.locator("#authenticated")).toHaveText("true");
      await expect(page.locator("#error")).toHaveText("");
      const conversation = await page.locator("#conversation").innerText();
      expect(await textsOf(product, conversation)).toEqual(["from the engine alone"]);
      await product.admin.create(`/agent/conversations/${conversation}/accept`, {});
      await product.admin.create(`/agent/conversations/${conversation}/messages`, { clientId: "a1", text: "Hello Bert" });
      await expect(page.locator("#message")).toHaveText("Hello Bert");
    } finally {
      folder.remove();
    }
  });
}
