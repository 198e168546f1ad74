// @vitest-environment node
/** The package on a server: importing it does nothing and needs nothing that only browsers have. */
import { expect, it, vi } from "vitest";

it("is imported where nothing of a browser's is", async () => {
  for (const name of [
    "BroadcastChannel",
    "FinalizationRegistry",
    "Response",
    "WebAssembly",
    "WebSocket",
    "crypto",
    "fetch",
    "performance",
    "queueMicrotask",
  ])
    vi.stubGlobal(name, undefined);
  const { createChat } = await import("../src/index");
  await import("../src/element");
  expect(createChat).toBeTypeOf("function");
});
