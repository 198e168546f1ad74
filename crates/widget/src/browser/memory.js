// The WebAssembly's doors as a script sees them: texts go through its memory, as `exports.rs` takes and gives them. It must
// know nothing of what the texts say.

/**
 * @typedef {object} Exports
 * @property {WebAssembly.Memory} memory
 * @property {(seed: number, isLoaded: boolean, isVisible: boolean, isKept: boolean) => number} core_new
 * @property {(length: number) => number} text_new
 * @property {(core: number, now: number, wall: number, kind: number, number: number, extra: number, text: number, length: number) => number} core_happened
 * @property {(core: number) => number} core_said
 * @property {(core: number) => void} core_free
 */

// Taken when this is loaded: a page may put something else in their place.
const { Uint8Array: Bytes } = globalThis;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** @type {Exports} */
let wasm;

/** Takes the instance; to be called before anything else. @type {(exports: any) => void} */
export const start = (exports) => { wasm = exports; };

/**
 * Makes the WebAssembly half of an engine.
 * @type {(seed: number, isLoaded: boolean, isVisible: boolean, isKept: boolean) => import("./engine.js").Core}
 */
export const makeCore = (seed, isLoaded, isVisible, isKept) => {
  const core = wasm.core_new(seed, isLoaded, isVisible, isKept);
  return {
    happened(now, wall, kind, number, extra, text) {
      const bytes = encoder.encode(text);
      const { length } = bytes;
      const place = wasm.text_new(length);
      // The memory may have grown since it was looked at last, and then what was looked at is gone.
      new Bytes(wasm.memory.buffer, place, length).set(bytes);
      const said = wasm.core_happened(core, now, wall, kind, number, extra, place, length);
      return decoder.decode(new Bytes(wasm.memory.buffer, said, wasm.core_said(core)));
    },
    free: () => wasm.core_free(core),
  };
};
