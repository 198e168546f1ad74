import { defineConfig } from "vitest/config";

// The engine is scripted in these tests: `bonafide:engine` is never loaded, so the wasm need not be built.
export default defineConfig({
  test: { environment: "happy-dom", include: ["test/**/*.test.{ts,tsx}"], restoreMocks: true, typecheck: { enabled: false } },
});
