/**
 * Loads the WebAssembly engine once per page. A failed load is forgotten, so that the next attempt is a real one, and
 * says what to do. But for what the engine asks, nothing else in this package makes a request.
 */
import type { Connect } from "../chat/chat";
import { ChatError } from "../errors";
import { inTime } from "../in-time";
import { Promise, requestAnimationFrame, setTimeout, Uint8Array, WebAssembly } from "../natives";
import { newer } from "../newer";
import { Engine, findClientFunction, initSync } from "./pkg/bonafide_widget";
import { compileEngine, WHERE } from "./source";

/** What the engine gives, once it is there: this version's, or another's that the server has by now. */
export interface Engines {
  /** Makes an engine. */
  readonly connectEngine: Connect;
  /** Why the page's client function of this name cannot be called; nothing where it can. */
  whyNot(path: string): Promise<string | undefined>;
}

const OURS: Engines = {
  connectEngine: async (options, listener) => new Engine(options, listener),
  whyNot: async (path) => findClientFunction(path),
};

let loading: Promise<Engines> | undefined;

/** How long frames are waited for, in milliseconds. A page in the background draws none. */
const NO_FRAME_MS = 100;

/** The shortest valid module: magic number and version. */
const EMPTY_MODULE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

/**
 * Starts loading the engine, or joins the load that is under way; from a file of the page's own where `url` is given.
 *
 * Rejects with `wasm-blocked` when the page's policy or the browser forbids WebAssembly, with `network-unreachable` when the
 * engine did not arrive, and with `unavailable` when the page is too old for the server's.
 */
export function loadEngine(url?: string): Promise<Engines> {
  loading ??= attempt(url);
  return loading;
}

async function attempt(url?: string): Promise<Engines> {
  try {
    return await load(url);
  } catch (error) {
    loading = undefined;
    throw error;
  }
}

export const connectEngine: Connect = async (options, listener) => await (await loadEngine()).connectEngine(options, listener);

export const whyNot: Engines["whyNot"] = async (path) => await (await loadEngine()).whyNot(path);

/**
 * Waits until the next frame is on the screen, that is until the one after it begins; where none comes, not for long. So
 * what the click brought is there before the engine takes its time.
 */
const drawn = (): Promise<unknown> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(resolve));
    setTimeout(resolve, NO_FRAME_MS);
  });

async function load(url?: string): Promise<Engines> {
  await drawn();
  try {
    new WebAssembly.Module(EMPTY_MODULE);
  } catch (cause) {
    throw new ChatError(
      {
        code: "wasm-blocked",
        message: WebAssembly
          ? "The page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src directive."
          : "This browser has WebAssembly switched off (its lockdown mode does that).",
        retryable: false,
      },
      cause,
    );
  }
  try {
    initSync({ module: await inTime(compileEngine(url)) });
    return OURS;
  } catch (cause) {
    // Where the server knows another version, this one's file is gone.
    const found = cause instanceof ChatError && (await present());
    if (found) return found;
    if (cause instanceof ChatError) throw cause;
    throw new ChatError(
      {
        code: "network-unreachable",
        message: `The chat's engine could not be loaded${WHERE}: check the network and the page's connect-src directive.`,
        retryable: true,
      },
      cause,
    );
  }
}

/**
 * What the server has in its place. Nothing where that is this very module, which the loader may have had from it in the same way;
 * and where it cannot be asked.
 */
async function present(): Promise<Engines | undefined> {
  try {
    const found = await newer();
    return found?.connectEngine === connectEngine ? undefined : found;
  } catch (error) {
    if (error instanceof ChatError) throw error;
    return undefined;
  }
}
