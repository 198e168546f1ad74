// The bundlers that the package names, each as its documentation says to call it, without a setting for the chat.

import { createRequire } from "node:module";
import { join } from "node:path";

import { freshPort } from "./ports.mjs";

/** The versions of Vite, by the name that they are installed under. */
const VITES = /** @type {const} */ ({ "Vite 5": "vite5", "Vite 6": "vite6", "Vite 7": "vite7", "Vite 8": "vite" });

/**
 * What turns a page's module into files: given the page's folder and where to put them. The page finds `main.js` there, but
 * for those that write the page themselves.
 * @type {Record<string, (page: string, out: string) => Promise<unknown>>}
 */
export const builders = {
  ...Object.fromEntries(Object.entries(VITES).map(([name, module]) => [name, (page, out) => vite(module, page, out)])),
  "webpack 5": async (page, out) => {
    const { default: webpack } = await import("webpack");
    const compiler = webpack({ mode: "production", context: page, entry: "./main.js", output: { path: out, filename: "main.js" } });
    const stats = await new Promise((done, fail) => compiler?.run((error, result) => (error ? fail(error) : done(result))));
    if (stats.hasErrors()) throw new Error(stats.toString({ all: false, errors: true }));
  },
  "Rollup 4": (page, out) => rollup(page, { dir: out, format: "es" }),
  "Rollup 4, one file": (page, out) => rollup(page, { file: join(out, "main.js"), format: "iife", inlineDynamicImports: true }),
  "esbuild, with splitting": (page, out) => esbuild(page, { outdir: out, format: "esm", splitting: true }),
  "esbuild, one module": (page, out) => esbuild(page, { outfile: join(out, "main.js"), format: "esm" }),
  "esbuild, one script": (page, out) => esbuild(page, { outfile: join(out, "main.js"), format: "iife" }),
  "Parcel 2": async (page, out) => {
    const { Parcel } = await import("@parcel/core");
    const entries = join(page, "index.html");
    const cacheDir = join(page, ".parcel-cache");
    const targets = { page: { distDir: out, publicUrl: "./", engines: { browsers: ["last 1 Chrome version"] } } };
    await new Parcel({ entries, defaultConfig: createRequire(import.meta.url).resolve("@parcel/config-default"), cacheDir, mode: "production", targets, shouldDisableCache: true }).run();
  },
};

/**
 * @param {string} module
 * @param {string} root
 * @param {string} outDir
 */
async function vite(module, root, outDir) {
  const { build } = await import(module);
  await build({ root, configFile: false, logLevel: "warn", base: "./", build: { outDir, emptyOutDir: true } });
}

/**
 * @param {string} page
 * @param {import("rollup").OutputOptions} output
 */
async function rollup(page, output) {
  const [{ rollup }, { nodeResolve }] = await Promise.all([import("rollup"), import("@rollup/plugin-node-resolve")]);
  const bundle = await rollup({ input: join(page, "main.js"), plugins: [nodeResolve()] });
  await bundle.write(output);
  await bundle.close();
}

/**
 * @param {string} page
 * @param {import("esbuild").BuildOptions} options
 */
async function esbuild(page, options) {
  const { build } = await import("esbuild");
  await build({ absWorkingDir: page, entryPoints: ["./main.js"], bundle: true, minify: true, logLevel: "warning", ...options });
}

/** The servers for development, which build while the page asks. */
export const devServers = Object.keys(VITES);

/**
 * Serves a page for development, and says where; what begins with `/auth` is the website's.
 * @param {string} name one of `devServers`
 * @param {string} root
 * @param {string} website
 */
export async function serve(name, root, website) {
  const { createServer } = await import(VITES[/** @type {keyof typeof VITES} */ (name)]);
  const port = await freshPort();
  const server = await createServer({
    root, configFile: false, logLevel: "warn", cacheDir: join(root, ".vite"),
    server: { host: "127.0.0.1", port, strictPort: true, proxy: { "/auth": website } },
  });
  await server.listen();
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
