/**
 * Loads the WebAssembly engine once per page. A failed load is forgotten, so that the next attempt is a real one, and
 * says what to do. Nothing else in this package makes a request.
 */
import wasmUrl from "bonafide:wasm";
import type { Connect } from "../chat/chat";
import { ChatError } from "../errors";
import { inTime } from "../in-time";
import { fetch, NativePromise, NativeWebAssembly, requestAnimationFrame, setTimeout } from "../natives";
import { Engine, findClientFunction, initSync } from "./pkg/bonafide_widget";

let loading: Promise<unknown> | undefined;

/** How long frames are waited for, in milliseconds. A page in the background draws none. */
const NO_FRAME_MS = 100;

/** The shortest valid module: magic number and version. */
const EMPTY_MODULE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

/**
 * Starts loading the engine, or joins the load that is under way.
 *
 * Rejects with `wasm-blocked` when the page's policy or the browser forbids WebAssembly, and with `network-unreachable`
 * when the engine did not arrive.
 */
export function loadEngine(): Promise<unknown> {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** Makes an engine. */
export const connectEngine: Connect = async (options, listener) => {
  await loadEngine();
  return new Engine(options, listener);
};

/** Why the page's client function of this name cannot be called; nothing where it can. */
export async function whyNot(path: string): Promise<string | undefined> {
  await loadEngine();
  return findClientFunction(path);
}

/**
 * Waits until the next frame is on the screen, that is until the one after it begins; where none comes, not for long. So
 * what the click brought is there before the engine takes its time.
 */
const drawn = (): Promise<unknown> =>
  new NativePromise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(resolve));
    setTimeout(resolve, NO_FRAME_MS);
  });

async function load(): Promise<void> {
  await drawn();
  try {
    new NativeWebAssembly.Module(EMPTY_MODULE);
  } catch (cause) {
    throw new ChatError(
      {
        code: "wasm-blocked",
        message: NativeWebAssembly
          ? "The page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src directive."
          : "This browser has WebAssembly switched off (its lockdown mode does that).",
        retryable: false,
      },
      cause,
    );
  }
  try {
    initSync({ module: await inTime(fetchEngine()) });
  } catch (cause) {
    throw new ChatError(
      {
        code: "network-unreachable",
        message: `The chat's engine could not be loaded from ${wasmUrl}: check the network and the page's connect-src directive.`,
        retryable: true,
      },
      cause,
    );
  }
}

async function fetchEngine(): Promise<WebAssembly.Module> {
  const response = await fetch(wasmUrl);
  return NativeWebAssembly.compile(await response.arrayBuffer());
}
