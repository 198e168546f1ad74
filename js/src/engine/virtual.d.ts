/**
 * Modules that the build provides: wasm-bindgen's glue for `crates/widget`, and the address of its wasm file. Declared
 * here so that types can be checked before the engine is built.
 */
declare module "bonafide:engine" {
  type Face = import("./engine").Engine;
  type Options = import("./engine").EngineOptions;
  type Tell = import("./engine").Listener;
  export const Engine: new (options: Options, listener: Tell) => Face;
  export default function initialise(source: { module_or_path: Promise<Response> }): Promise<unknown>;
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
