// How the unit tests run: in happy-dom, against a scripted engine. Builds nothing.
import { defineConfig } from "vitest/config";

/** The engine is scripted in these tests; what would load the real one finds no address. */
const noEngine = {
  name: "no-engine",
  resolveId: (id: string) => (id === "bonafide:wasm" ? `\0${id}` : undefined),
  load: (id: string) => (id === "\0bonafide:wasm" ? "export default '/engine.wasm';" : undefined),
};

export default defineConfig({
  plugins: [noEngine],
  test: { environment: "happy-dom", include: ["test/**/*.test.{ts,tsx,mjs}"], setupFiles: ["test/latest.ts"], restoreMocks: true, unstubGlobals: true },
});
