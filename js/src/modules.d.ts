/** Modules that the build provides. */
declare module "bonafide:wasm" {
  /** Absolute address of the engine's wasm file. */
  const url: string;
  export default url;
}

declare module "bonafide:inline" {
  /** The engine's module, by the deflate format (RFC 1951), in base64. */
  export const engine: string;
}

declare module "*.css?inline" {
  const css: string;
  export default css;
}

/** The engine's script that takes what the browser gives; it says what these are. */
declare module "*/taken" {
  // biome-ignore lint/suspicious/noExplicitAny: it is what the page has, whatever that is.
  type Any = any;
  export const page: Any;
  export const native: Any;
  export const statics: Any;
  export const methods: Any;
  export function take(name: string, given: unknown): void;
}
