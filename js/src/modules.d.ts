/** Modules that the build provides. */
declare module "bonafide:wasm" {
  /** Absolute address of the engine's wasm file. */
  const url: string;
  export default url;
}

declare module "*.css?inline" {
  const css: string;
  export default css;
}
