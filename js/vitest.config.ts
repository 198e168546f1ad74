// How the unit tests run: in happy-dom, against a scripted engine. Builds nothing.
import { defineConfig } from "vitest/config";

/** The engine is scripted in these tests, so the wasm need not be built; what would load it resolves to nothing. */
const noEngine = {
  name: "no-engine",
  resolveId: (id: string) => (id.startsWith("bonafide:") ? `\0${id}` : undefined),
  load: (id: string) => (id.startsWith("\0bonafide:") ? "export default undefined; export const connect = () => ({}), makeCore = () => {}, start = () => {}" : undefined),
};

export default defineConfig({
  plugins: [noEngine],
  test: { environment: "happy-dom", include: ["test/**/*.test.{ts,tsx}"], setupFiles: ["test/timers.ts"], restoreMocks: true },
});
