/** What the engine's browser half still does when the page lets go of it: the real script, with a scripted WebAssembly half. */
import { expect, it, vi } from "vitest";

it("does not cut off a message on its way, nor an end, and hears of neither", async () => {
  const answers = [];
  const fetch = vi.fn(() => new Promise((answer) => answers.push(answer)));
  vi.stubGlobal("fetch", fetch);
  const { connect } = await import("../../crates/widget/src/browser/engine.js");
  const START = 2;
  const effects = [
    ["config", 1],
    ["post", 2, "cnv_1", "secret", "{}"],
    ["end", 3, "cnv_1", "secret"],
  ];
  const happened = vi.fn((_now, _wall, kind) => JSON.stringify(kind === START ? effects : []));
  const engine = connect(
    () => ({ happened, free() {} }),
    { server: "https://chat.example.com", widget: "wgt_1" },
    () => {},
  );
  engine.start();
  await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(3));
  const before = happened.mock.calls.length;
  engine.free();
  expect(fetch.mock.calls.map(([, { signal }]) => signal.aborted)).toEqual([true, false, false]);
  for (const answer of answers) answer({ status: 200, headers: new Headers(), text: async () => "{}" });
  // All that was ready to happen has happened.
  for (let turn = 0; turn < 30; turn += 1) await null;
  expect(happened).toHaveBeenCalledTimes(before);
});
