// How the unit tests run: in happy-dom, against a scripted engine. Builds nothing.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const finding = JSON.stringify(fileURLToPath(new URL("../crates/widget/src/browser/client_function.js", import.meta.url)));

/**
 * The engine is scripted in these tests, so the wasm need not be built; what would load it resolves to nothing. Only its way to
 * a function of the page's is the real one.
 */
const noEngine = {
  name: "no-engine",
  resolveId: (id: string) => (id.startsWith("bonafide:") ? `\0${id}` : undefined),
  load: (id: string) => {
    if (!id.startsWith("\0bonafide:")) return undefined;
    const nothing = "export default undefined; export const connect = () => ({}), makeCore = () => {}, start = () => {};";
    return id.endsWith("browser") ? `${nothing} export { find } from ${finding};` : nothing;
  },
};

export default defineConfig({
  plugins: [noEngine],
  test: { environment: "happy-dom", include: ["test/**/*.test.{ts,tsx,mjs}"], setupFiles: ["test/timers.ts"], restoreMocks: true, unstubGlobals: true },
});
