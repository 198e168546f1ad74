/** The developers' report: what it tells of a page, and what it keeps to itself. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { masked } from "../src/debug/token";
import { place, settled } from "./dom";
import type { ScriptedEngine } from "./scripted-engine";

// The real engine, which needs no server for this.
vi.mock("../src/engine/load", () => ({
  whyNot: async (path: string) => (await (await import("./real-engine")).realEngine()).findClientFunction(path),
}));

const base64url = (value: unknown) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value))))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=/g, "");
const NOW = Date.parse("2026-11-25T12:00:00Z");
const claims = {
  iss: "shop.example",
  sub: "bert@example.com",
  exp: NOW / 1000 + 900,
  iat: NOW / 1000 - 5,
  lwicontexts: '{"cart":"10000"}',
  name: "Bert Hair",
};
const token = `${base64url({ alg: "RS256", kid: "a/b" })}.${base64url(claims)}.c2ln`;

let answers: Record<string, unknown>;

beforeEach(async () => {
  answers = { clientFunction: "auth.token", signIn: "required", timeoutMs: 10_000, serverTime: new Date(NOW).toISOString() };
  vi.stubGlobal("fetch", async () => ({ ok: true, status: 200, json: async () => answers }));
  vi.spyOn(console, "error").mockImplementation(() => {});
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  // Its chunk is there, so that nothing but microtasks lies between the attribute and the report.
  await import("../src/debug/report");
  return () => vi.useRealTimers();
});

async function reported(before: (engine: ScriptedEngine) => unknown = () => {}, attributes: Record<string, string> = { debug: "" }) {
  const chat = place(attributes);
  await settled();
  void chat.element.start();
  await settled();
  before(chat.engine());
  const rows = async () => {
    await settled();
    await vi.dynamicImportSettled();
    await settled();
    const list = chat.element.shadowRoot?.querySelectorAll(".report dt") ?? [];
    return Object.fromEntries([...list].map((term) => [term.textContent, term.nextElementSibling?.textContent ?? ""]));
  };
  return { ...chat, rows };
}

describe("the client function", () => {
  it("is found by the engine's own rules, and never called by the report", async () => {
    const called = vi.fn();
    vi.stubGlobal("auth", { token: called });
    expect((await (await reported()).rows()).resolved).toBe("yes");
    expect(called).not.toHaveBeenCalled();
  });

  it.each([
    ["auth.token", "missing"],
    ["document.write", "browser's own"],
  ])("%s: says why there is none", async (path, why) => {
    answers = { ...answers, clientFunction: path };
    expect((await (await reported()).rows()).resolved).toContain(why);
  });

  it("is told of as the engine called it: how long it took, and what it gave, masked", async () => {
    const { rows, element } = await reported((engine) => engine.options.trace?.({ outcome: "text", ms: 41.7, text: token }));
    const told = await rows();
    expect(told.called).toBe("it gave a text, after 42 ms");
    expect(told["header alg"]).toBe("RS256");
    expect(told["header kid"]).toBe("a/b");
    expect(told["claim sub"]).toBe("text of 16 characters");
    expect(told["claim exp"]).toBe("in 900 s");
    expect(told["claim lwicontexts"]).toBe("names cart");
    const text = element.shadowRoot?.textContent;
    for (const secret of ["bert@example.com", "Bert Hair", "10000", token]) expect(text).not.toContain(secret);
  });

  it("is not kept while the report is not switched on", async () => {
    const { rows, element, engine } = await reported((engine) => engine.options.trace?.({ outcome: "text", ms: 5, text: token }), {});
    element.debug = true;
    expect((await rows()).called).toBe("not since this report was switched on");
    engine().options.trace?.({ outcome: "nothing", ms: 5, text: "" });
    expect((await rows()).called).toContain("nobody is signed in");
    element.debug = false;
    engine().options.trace?.({ outcome: "text", ms: 5, text: token });
    element.debug = true;
    expect((await rows()).called).toBe("not since this report was switched on");
  });
});

describe("a call that the report did not see", () => {
  it.each([
    ["client-function-timeout", "yes, and it has not called back"],
    ["client-function-failed", "before this report was switched on"],
    ["token-expired", "before this report was switched on"],
    ["rate-limited", "not since this report was switched on"],
  ] as const)("is told by the error %s", async (code, told) => {
    const { rows, element, engine } = await reported(() => {}, {});
    engine().draw({ phase: "failed", error: { code, message: "It was.", requestId: null, retryable: true } });
    element.debug = true;
    expect((await rows()).called).toBe(told);
  });
});

describe("what went wrong", () => {
  it("is told with its request id, also from before the report was made", async () => {
    const { rows, element, engine } = await reported((engine) => {
      engine.draw({ phase: "failed", error: { code: "token-expired", message: "It expired.", requestId: "req_1", retryable: true } });
    }, {});
    element.debug = true;
    const told = await rows();
    expect(told["last error"]).toBe("token-expired: It expired.");
    expect(told["request id"]).toBe("req_1");
    engine().tell({ type: "error", error: { code: "rate-limited", message: "Too many.", requestId: "req_2", retryable: true } });
    expect((await rows())["request id"]).toBe("req_2");
  });

  it("includes what the page's policy blocked of the chat, and nothing else", async () => {
    const { rows } = await reported();
    await rows();
    for (const [effectiveDirective, blockedURI] of [
      ["connect-src", "https://chat.example.com/api/v1"],
      ["img-src", "https://elsewhere.example/x"],
      ["script-src", "wasm-eval"],
    ]) {
      document.dispatchEvent(Object.assign(new Event("securitypolicyviolation"), { effectiveDirective, blockedURI }));
    }
    const told = await rows();
    const violations = Object.entries(told).filter(([name]) => name.startsWith("violation"));
    expect(violations).toEqual([
      ["violation of connect-src", "https://chat.example.com/api/v1"],
      ["violation of script-src", "wasm-eval"],
    ]);
    expect(told["policy: WebAssembly"]).toBe("allowed");
    expect(told["policy: connect-src"]).toBe("lets requests through");
  });

  it("includes a clock that is off", async () => {
    answers = { ...answers, serverTime: new Date(NOW + 90_000).toISOString() };
    const { rows, find } = await reported();
    expect((await rows())["server's clock minus this one"]).toBe("90.0 s");
    expect(find(".report .bad").textContent).toBe("90.0 s");
  });
});

it("is taken away with its listeners", async () => {
  const removed = vi.spyOn(document, "removeEventListener");
  const { rows, element, has } = await reported();
  await rows();
  expect(has(".report")).toBe(true);
  element.debug = false;
  await settled();
  expect(has(".report")).toBe(false);
  expect(removed).toHaveBeenCalledWith("securitypolicyviolation", expect.any(Function));
});

it("masks whatever a token may be", () => {
  expect(masked("no token", 0, NOW)).toEqual({ "(unreadable)": expect.any(String) });
  const odd = `.${base64url({ sub: null, aud: ["a"], roles: ["x", "y"], lwicontexts: "{", exp: "soon", name: "Zoë" })}`;
  expect(masked(odd, 1, NOW)).toEqual({
    sub: "null",
    aud: "a",
    roles: "list of 2",
    lwicontexts: "text of 1 characters that is no JSON",
    exp: "text of 4 characters",
    name: "text of 3 characters",
  });
});
