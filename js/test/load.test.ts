/** Loading the engine: the policy that forbids it, the network that fails, and trying again. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";

const start = vi.fn();
vi.mock("../src/engine/pkg/bonafide_widget", () => ({ Engine: class {}, findClientFunction: () => undefined, initSync: start }));
const newer = vi.fn(async () => undefined);
vi.mock("../src/newer", () => ({ newer }));
vi.mock("bonafide:wasm", () => ({ default: "https://chat.example.com/assets/engine.wasm" }));

/** The shortest valid module. */
const MODULE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

beforeEach(() => {
  vi.resetModules();
  start.mockReset();
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => new Response(MODULE)),
  );
});
afterEach(() => vi.unstubAllGlobals());

it("loads once, however many ask", async () => {
  const { connectEngine } = await import("../src/engine/load");
  const options = { server: "https://chat.example.com", widget: "wgt_1" };
  await Promise.all([connectEngine(options, () => {}), connectEngine(options, () => {})]);
  expect(fetch).toHaveBeenCalledExactlyOnceWith("https://chat.example.com/assets/engine.wasm");
  expect(start).toHaveBeenCalledOnce();
});

it("says which directive a page's policy lacks, before anything is fetched", async () => {
  const { CompileError } = WebAssembly;
  const Module = () => {
    throw new CompileError("blocked");
  };
  vi.stubGlobal("WebAssembly", { Module });
  const { loadEngine } = await import("../src/engine/load");
  await expect(loadEngine()).rejects.toMatchObject({
    code: "wasm-blocked",
    retryable: false,
    message: expect.stringContaining("'wasm-unsafe-eval'"),
  });
  expect(fetch).not.toHaveBeenCalled();
});

it("says so where a browser has no WebAssembly", async () => {
  vi.stubGlobal("WebAssembly", undefined);
  const { loadEngine } = await import("../src/engine/load");
  await expect(loadEngine()).rejects.toMatchObject({ code: "wasm-blocked" });
});

it("forgets a failed load", async () => {
  const { loadEngine } = await import("../src/engine/load");
  vi.mocked(fetch).mockRejectedValueOnce(new TypeError("Failed to fetch"));
  await expect(loadEngine()).rejects.toMatchObject({ code: "network-unreachable", retryable: true });
  await loadEngine();
  expect(start).toHaveBeenCalledOnce();
});

it.each([
  ["a start page", "<a href='/'>", 200],
  ["nothing", "", 200],
  ["an error", "gone", 404],
])("names %s where the engine should be, also where nobody can say what is there now", async (_, body, status) => {
  const { loadEngine } = await import("../src/engine/load");
  newer.mockRejectedValueOnce(new TypeError("Failed to fetch"));
  vi.mocked(fetch).mockResolvedValueOnce(new Response(body, { status, headers: { "content-type": "text/html" } }));
  const came = status === 200 ? "text/html, not WebAssembly" : "404";
  await expect(loadEngine()).rejects.toMatchObject({
    code: "network-unreachable",
    message: `The chat's engine is not at https://chat.example.com/assets/engine.wasm: what came is ${came}.`,
  });
});

it("begins when the page has drawn a frame", async () => {
  const frames: (() => void)[] = [];
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => frames.push(frame));
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const { loadEngine } = await import("../src/engine/load");
    const loading = loadEngine();
    for (const is of ["drawn", "on the screen"]) {
      await vi.advanceTimersByTimeAsync(40);
      expect(fetch, `before it is ${is}`).not.toHaveBeenCalled();
      for (const frame of frames.splice(0)) frame();
    }
    await loading;
    expect(fetch).toHaveBeenCalledOnce();
  } finally {
    vi.useRealTimers();
  }
});

it("does not wait for a frame in a page that draws none", async () => {
  vi.stubGlobal("requestAnimationFrame", () => 0);
  const { loadEngine } = await import("../src/engine/load");
  await loadEngine();
  expect(start).toHaveBeenCalledOnce();
});

it("waits no longer for an engine that does not arrive than for the server", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const { loadEngine } = await import("../src/engine/load");
    // A page's own `fetch` may heed no signal.
    vi.mocked(fetch).mockReturnValueOnce(new Promise(() => {}));
    const loading = expect(loadEngine()).rejects.toMatchObject({ code: "network-unreachable", retryable: true });
    await vi.advanceTimersByTimeAsync(20_100);
    await loading;
    const again = loadEngine();
    await vi.advanceTimersByTimeAsync(100);
    await again;
    expect(start).toHaveBeenCalledOnce();
    expect(vi.getTimerCount(), "timers that are left").toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

it("uses the page's functions as they were when it was loaded", async () => {
  const first = fetch;
  const { loadEngine } = await import("../src/engine/load");
  vi.stubGlobal(
    "fetch",
    vi.fn(() => Promise.reject(new Error("patched"))),
  );
  await loadEngine();
  expect(first).toHaveBeenCalledOnce();
});
