/** What the engine still does when the page lets go of it: the real one, with a scripted network. */
import { expect, it, vi } from "vitest";
import { realEngine } from "./real-engine";

interface Asked {
  readonly what: string;
  readonly signal: AbortSignal;
  answer(status: number, body: unknown): void;
}

function network(): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", (url: string, { method, signal }: RequestInit & { signal: AbortSignal }) => {
    return new Promise((resolve) => {
      const answer = (status: number, body: unknown) => resolve(new Response(status === 204 ? null : JSON.stringify(body), { status }));
      asked.push({ what: `${method} ${url.replace("https://chat.example.com/api/v1/", "")}`, signal, answer });
    });
  });
  return asked;
}

const CONFIG = {
  id: "wgt_1",
  clientFunction: null,
  signIn: "optional",
  timeoutMs: 10_000,
  appearance: {},
  serverTime: "2026-11-22T09:00:00.000Z",
};
const STARTED = {
  conversation: {
    id: "cnv_1",
    authenticated: false,
    identity: "none",
    identityExpiresAt: null,
    state: "waiting",
    queue: "General",
    position: 1,
    agent: null,
    readByAgent: 0,
  },
  session: { secret: "secret", expiresAt: "2026-11-23T09:00:00.000Z", revocationKey: "key" },
};

it("does not cut off a message on its way, nor an end, and is told of neither", async () => {
  const asked = network();
  const find = async (what: string) => {
    await vi.waitFor(() => expect(asked.map((one) => one.what)).toContain(what));
    return asked.find((one) => one.what === what) as Asked;
  };
  const { Engine } = await realEngine();
  const told = vi.fn();
  const engine = new Engine({ server: "https://chat.example.com", widget: "wgt_1", storage: "none" }, told);
  const started = engine.start();
  (await find("GET widgets/wgt_1")).answer(200, CONFIG);
  (await find("POST widgets/wgt_1/conversations")).answer(201, STARTED);
  expect(await started).toEqual({ conversation: "cnv_1", authenticated: false });
  const sent = engine.send("Hello");
  const message = await find("POST conversations/cnv_1/messages");
  const ended = engine.end();
  engine.free();
  await expect(sent).rejects.toMatchObject({ code: "conflict" });
  await expect(ended).rejects.toMatchObject({ code: "conflict" });
  const end = await find("POST conversations/cnv_1/end");
  expect([message.signal.aborted, end.signal.aborted]).toEqual([false, false]);
  told.mockClear();
  message.answer(201, {});
  end.answer(204, null);
  // All that was ready to happen has happened.
  for (let turn = 0; turn < 30; turn += 1) await null;
  expect(told).not.toHaveBeenCalled();
});

it("gives up what it only asked for itself, and is harmless afterwards", async () => {
  const asked = network();
  vi.resetModules();
  const { Engine } = await realEngine();
  const engine = new Engine({ server: "https://chat.example.com", widget: "wgt_1", storage: "none" }, () => {});
  const started = engine.start();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  engine.free();
  engine.free();
  expect(asked[0]?.signal.aborted).toBe(true);
  await expect(started).rejects.toMatchObject({ code: "conflict", message: "The chat was disposed of." });
  engine.open();
  engine.close();
  engine.typing();
  engine.retry("m1");
  engine.setContext({ cart: 1 });
  for (const late of [engine.start(), engine.send("x"), engine.end(), engine.authenticate(), engine.signOut()])
    await expect(late).rejects.toMatchObject({ code: "conflict" });
  expect(asked).toHaveLength(1);
});
