// An element that comes and goes a thousand times, at every point of its life, leaves nothing behind: no timer, listener,
// node, channel, lock or socket, in the page or at the server.

import type { CDPSession, Page } from "@playwright/test";

import { Chat } from "../product/chat.mjs";
import { Server } from "../product/server.mjs";
import { expect, test } from "./fixtures";

const ROUNDS = 1_000;

/** What the page holds now. Counted by the browser, or by our own count of what is given back. */
interface Held {
  readonly nodes: number;
  readonly listeners: number;
  readonly timers: number;
  readonly sockets: number;
  readonly channels: number;
  readonly locks: number;
  readonly requests: number;
  readonly wasmPages: number;
}

/** Runs in the page before its first script: counts what is taken and not given back. */
function countResources(): void {
  const held = { timers: new Set<number>(), sockets: 0, channels: 0, requests: 0, memory: undefined as WebAssembly.Memory | undefined };
  Object.assign(window, { held });
  const { setTimeout: start, clearTimeout: stop, fetch: request } = window;
  const counted = (handler: TimerHandler, ...rest: unknown[]) => {
    const timer = start(
      (...all: unknown[]) => {
        held.timers.delete(timer);
        if (typeof handler === "function") handler(...all);
      },
      ...(rest as [number]),
    );
    held.timers.add(timer);
    return timer;
  };
  window.setTimeout = counted as typeof setTimeout;
  window.clearTimeout = (timer) => {
    held.timers.delete(timer as number);
    stop(timer);
  };
  window.fetch = (...all) => {
    held.requests += 1;
    return request(...all).finally(() => {
      held.requests -= 1;
    });
  };
  window.WebSocket = class extends WebSocket {
    constructor(...all: ConstructorParameters<typeof WebSocket>) {
      super(...all);
      held.sockets += 1;
      this.addEventListener("close", () => {
        held.sockets -= 1;
      }, { once: true });
    }
  };
  window.BroadcastChannel = class extends BroadcastChannel {
    constructor(name: string) {
      super(name);
      held.channels += 1;
    }
    override close(): void {
      super.close();
      held.channels -= 1;
    }
  };
  const remember = (instance: WebAssembly.Instance) => {
    held.memory = Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory);
  };
  const { Instance } = WebAssembly;
  WebAssembly.Instance = class extends Instance {
    constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
      super(module, imports);
      remember(this);
    }
  };
}

async function holds(page: Page, cdp: CDPSession): Promise<Held> {
  const counted = await page.evaluate(async () => {
    const { held } = window as unknown as { held: { timers: Set<number>; sockets: number; channels: number; requests: number; memory?: WebAssembly.Memory } };
    const locks = await navigator.locks.query();
    return {
      timers: held.timers.size,
      sockets: held.sockets,
      channels: held.channels,
      requests: held.requests,
      locks: (locks.held?.length ?? 0) + (locks.pending?.length ?? 0),
      wasmPages: (held.memory?.buffer.byteLength ?? 0) / 65_536,
    };
  });
  await cdp.send("HeapProfiler.collectGarbage");
  const { metrics } = await cdp.send("Performance.getMetrics");
  const metric = (name: string) => metrics.find((entry) => entry.name === name)?.value ?? Number.NaN;
  return { nodes: metric("Nodes"), listeners: metric("JSEventListeners"), ...counted };
}

/** Takes the element out and puts it back, so many times, each time a step further in its life; ends without it. */
function comeAndGo(page: Page, rounds: number): Promise<Record<string, number>> {
  return page.evaluate(async (times) => {
    const kept = window as unknown as { element?: HTMLElement };
    kept.element ??= document.querySelector("bonafide-chat") as HTMLElement;
    const { element } = kept;
    const gone: Record<string, number> = {};
    element.remove();
    await Promise.resolve();
    for (let round = 0; round < times; round += 1) {
      // What is waited for before it goes: nothing, the launcher, with it that the chat is asked for, the panel, the
      // conversation with its socket.
      const stage = round % 20 === 0 ? "started" : (["nothing", "ready", "loading", "opened"] as const)[round % 4] ?? "nothing";
      element.toggleAttribute("open", /loading|opened|started/.test(stage));
      const event = stage === "loading" ? "ready" : stage;
      const reached = stage !== "nothing" && new Promise((resolve) => element.addEventListener(event, resolve, { once: true }));
      document.body.append(element);
      await reached;
      element.remove();
      // Put back in the same task, it would only have been moved.
      await Promise.resolve();
      gone[stage] = (gone[stage] ?? 0) + 1;
    }
    return gone;
  }, rounds);
}

// In German its words are a chunk of their own, which may come when the element is gone again.
for (const lang of ["en", "de"]) test(`removed and put back a thousand times, it leaves no listener, timer, socket or node (${lang})`, async ({ page, website }) => {
  // A thousand times anything takes a while where a machine has other work.
  test.setTimeout(300_000);
  const { server, admin } = await Server.fresh();
  const openSockets = async () => Number(/^bonafide_sockets_open\S* (\d+)/m.exec(await (await fetch(server.metrics)).text())?.[1]);
  try {
    // Anonymous: each resumption of an authenticated chat is a proof, and those are limited per address.
    const workStream = (await admin.read("/admin/work-streams")).items[0].id;
    const { widget } = await website.record(admin, { workStream, setting: null });
    await page.addInitScript(countResources);
    await page.goto(website.page({ server: server.url, widget, lang }));
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("Performance.enable");
    const chat = new Chat(page);
    await page.locator("[part=launcher]").click();
    const { conversation } = await chat.hears("started");
    await chat.send("I come and go");
    const settled = async (): Promise<Held> => {
      await expect.poll(openSockets, { message: "sockets at the server" }).toBe(0);
      await expect.poll(async () => (await holds(page, cdp)).sockets).toBe(0);
      return holds(page, cdp);
    };
    // The first rounds fill caches: of styles, of the engine's memory.
    await comeAndGo(page, 40);
    const before = await settled();
    const gone = await comeAndGo(page, ROUNDS);
    const after = await settled();

    expect(gone).toEqual({ nothing: 200, ready: 250, loading: 250, opened: 250, started: 50 });
    expect(after).toMatchObject({ timers: 0, sockets: 0, channels: 0, locks: 0, requests: 0 });
    expect(after.listeners - before.listeners, "listeners that are left").toBeLessThanOrEqual(0);
    // What Playwright itself looks at comes and goes by a few.
    expect(after.nodes - before.nodes, "nodes that are left").toBeLessThan(20);
    expect(before.wasmPages, "the engine's memory is seen").toBeGreaterThan(0);
    expect(after.wasmPages, "the engine's memory").toBe(before.wasmPages);

    // And it still is a chat.
    await page.evaluate(() => {
      const { element, heardFromChats } = window as unknown as { element: HTMLElement; heardFromChats: unknown[] };
      heardFromChats.length = 0;
      element.setAttribute("open", "");
      document.body.append(element);
    });
    expect((await chat.hears("started")).conversation).toBe(conversation);
    await expect(chat.log.getByText("I come and go")).toBeVisible();
    expect(await chat.heard("error")).toEqual([]);
  } finally {
    await server.close();
  }
});
