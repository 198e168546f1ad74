/** The real engine without a browser: its WebAssembly from the build, and whatever stands in the test's globals as its network. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The engine's module, made afresh with the globals as they are now. */
export async function realEngine(): Promise<typeof import("../src/engine/pkg/bonafide_widget")> {
  const engine = await import("../src/engine/pkg/bonafide_widget");
  engine.initSync({ module: readFileSync(join(import.meta.dirname, "../src/engine/pkg/bonafide_widget_bg.wasm")) });
  return engine;
}
