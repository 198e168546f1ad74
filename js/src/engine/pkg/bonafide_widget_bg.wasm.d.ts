/* tslint:disable */
/* eslint-disable */
export const memory: WebAssembly.Memory;
export const __wbg_engine_free: (a: number, b: number) => void;
export const engine_authenticate: (a: number) => void;
export const engine_close: (a: number) => void;
export const engine_end: (a: number) => void;
export const engine_new: (a: any, b: any) => number;
export const engine_open: (a: number) => void;
export const engine_retry: (a: number, b: any) => void;
export const engine_send: (a: number, b: any) => [number, number];
export const engine_setContext: (a: number, b: any) => void;
export const engine_signOut: (a: number) => void;
export const engine_start: (a: number) => void;
export const engine_typing: (a: number) => void;
export const wasm_bindgen__convert__closures_____invoke__h3c076b013638390c: (a: number, b: number, c: number, d: number, e: any, f: any) => void;
export const __wbindgen_malloc: (a: number, b: number) => number;
export const __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
export const __wbindgen_free: (a: number, b: number, c: number) => void;
export const __wbindgen_exn_store: (a: number) => void;
export const __externref_table_alloc: () => number;
export const __wbindgen_externrefs: WebAssembly.Table;
export const __wbindgen_destroy_closure: (a: number, b: number) => void;
export const __wbindgen_start: () => void;
