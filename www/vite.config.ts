/// <reference types="vitest/config" />
// How the consoles and the documentation are built, served while developing, and tested.
// Nothing is inlined into index.html: the consoles run under a Content-Security-Policy without inline script.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** The server in `npm run dev`; `BONAFIDE_SERVER` names another. */
const server = process.env["BONAFIDE_SERVER"] ?? "http://127.0.0.1:8080";

/** Files that compress well. Images and fonts are already compressed. */
const compressible = /\.(?:css|html|js|json|svg|txt)$/;

/** Writes `file.br` beside each file, so that the server never compresses while it answers. */
function brotliBeside(): Plugin {
  const compress = promisify(brotliCompress);
  return {
    name: "brotli-beside",
    apply: "build",
    async writeBundle(options, bundle) {
      const folder = options.dir ?? "dist";
      const names = Object.keys(bundle).filter((name) => compressible.test(name));
      await Promise.all(
        names.map(async (name) => {
          const path = join(folder, name);
          const body = await readFile(path);
          const params = {
            [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
            [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
          };
          await writeFile(`${path}.br`, await compress(body, { params }));
        }),
      );
    },
  };
}

export default defineConfig({
  plugins: [react(), brotliBeside()],
  build: {
    // Data URLs would need `data:` in the policy.
    assetsInlineLimit: 0,
    // Browsers that run the consoles know module preloading themselves.
    modulePreload: { polyfill: false },
    target: "es2023",
    rolldownOptions: {
      output: {
        // What every page needs changes rarely: it stays cached when a page changes.
        advancedChunks: {
          groups: [
            { name: "react", test: /node_modules\/(?:react|react-dom|react-router|scheduler)\// },
            { name: "fluent", test: /node_modules\/(?:@fluentui|@griffel|@floating-ui|tabster|keyborg)\// },
            { name: "query", test: /node_modules\/(?:@tanstack|openapi-fetch)\// },
          ],
        },
      },
    },
  },
  server: {
    proxy: { "/api": { target: server, ws: true, changeOrigin: false }, "/embed.js": server },
  },
  test: {
    environment: "happy-dom",
    include: ["test/**/*.test.{ts,tsx}"],
    setupFiles: ["test/setup.ts"],
    restoreMocks: true,
    unstubGlobals: true,
    testTimeout: 60_000,
    // Fluent and its icons are thousands of modules: bundled once, they load in a tenth of the time.
    deps: { optimizer: { client: { enabled: true, include: ["@fluentui/react-components", "@fluentui/react-icons"] } } },
  },
});
