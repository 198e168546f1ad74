/**
 * Modules that the build provides: the scripts of `crates/widget`, and the address of its wasm file. Declared here so that types can be checked before the engine is built.
 */
declare module "bonafide:engine" {
  /** The engine's WebAssembly half; only the engine's scripts look into it. */
  export interface Core {
    readonly free: () => void;
  }
  export const makeCore: (seed: number, isLoaded: boolean, isVisible: boolean, isKept: boolean) => Core;
  /** Takes the instance; to be called before anything else. */
  export const start: (exports: WebAssembly.Exports) => void;
}

declare module "bonafide:browser" {
  type Core = import("bonafide:engine").Core;
  type Connect = (
    makeCore: (seed: number, isLoaded: boolean, isVisible: boolean, isKept: boolean) => Core,
    options: import("./engine").EngineOptions,
    listener: import("./engine").Listener,
  ) => import("./engine").Engine;
  export const connect: Connect;

  type Told = (sentence: string) => void;
  /** Finds the page's client function; tells why there is none. May throw what the page throws. */
  export const find: (path: string, tell: { missing: Told; refused: Told; gave: Told; failed: Told }) => object | undefined;
}

declare module "bonafide:wasm" {
  /** Absolute address of the wasm file. */
  const url: string;
  export default url;
}

declare module "*.css?inline" {
  const css: string;
  export default css;
}
