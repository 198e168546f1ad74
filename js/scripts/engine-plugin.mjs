/**
 * Vite plugin: gives the source the address of the engine's wasm file. The file is emitted beside the chunks and found by
 * `new URL(…, import.meta.url)`, which bundlers of other people understand.
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const wasm = fileURLToPath(new URL("../src/engine/pkg/bonafide_widget_bg.wasm", import.meta.url));

/** Whether `cargo xtask build` has put the engine in its place. */
export const isEngineBuilt = existsSync(wasm);

/** `fileName` fixes the wasm file's name; without it, the name carries a hash. */
export function engine({ fileName } = {}) {
  return {
    name: "bonafide-engine",
    enforce: "pre",
    resolveId(id) {
      if (id === "bonafide:wasm") return "\0bonafide:wasm";
    },
    load(id) {
      if (id !== "\0bonafide:wasm") return;
      const source = readFileSync(wasm);
      const name = "bonafide_widget.wasm";
      const reference = this.emitFile({ type: "asset", source, ...(fileName ? { fileName } : { name }) });
      return `export default import.meta.ROLLUP_FILE_URL_${reference};`;
    },
  };
}
