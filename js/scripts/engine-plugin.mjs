/**
 * Vite plugins: the engine's wasm file for the source. For the script tag it is a file beside the chunks, found by its address
 * relative to them; for the npm package a module that holds it as text, which every bundler takes along.
 */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";

const source = (path) => fileURLToPath(new URL(`../src/engine/${path}`, import.meta.url));
const wasm = source("pkg/bonafide_widget_bg.wasm");

/** Whether `cargo xtask build` has put the engine in its place. */
export const isEngineBuilt = existsSync(wasm);

/** As a file, whose name carries a hash. */
export function engineFile() {
  return {
    name: "bonafide-engine-file",
    resolveId: (id) => (id === "bonafide:wasm" ? `\0${id}` : undefined),
    load(id) {
      if (id !== "\0bonafide:wasm") return;
      const reference = this.emitFile({ type: "asset", source: readFileSync(wasm), name: "bonafide_widget.wasm" });
      return `export default import.meta.ROLLUP_FILE_URL_${reference};`;
    },
    generateBundle(_, bundle) {
      let times = 0;
      for (const file of Object.values(bundle)) {
        if (file.type !== "chunk") continue;
        // Not by `URL`, which many a page has for something of its own.
        file.code = file.code.replace(/new URL\((["`][^"`]+\.wasm["`]), ?import\.meta\.url\)\.href/, (_, name) => {
          times += 1;
          return `import.meta.url.replace(/[^/]*$/,${name})`;
        });
      }
      if (times !== 1) throw new Error(`the engine's address stands in the chunks ${times} times`);
    },
  };
}

/** As a module. */
export function engineInline() {
  return {
    name: "bonafide-engine-inline",
    enforce: "pre",
    resolveId(id, importer) {
      if (id === "bonafide:inline") return `\0${id}`;
      return importer && resolve(importer, "..", id) === source("source") ? source("inline.ts") : undefined;
    },
    load(id) {
      if (id !== "\0bonafide:inline") return;
      const packed = deflateRawSync(readFileSync(wasm), { level: 9, memLevel: 9 });
      return `export const engine = "${packed.toString("base64")}";`;
    },
  };
}
