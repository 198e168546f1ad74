/** Where the script tag's chat has its engine from: a file beside its chunks. The npm package has `inline` in its place. */
import wasmUrl from "bonafide:wasm";
import { fetchEngine } from "./fetch";

/** In words, for messages. */
export const WHERE = ` from ${wasmUrl}`;

/** Compiles the engine. */
export const compileEngine = (url = wasmUrl): Promise<WebAssembly.Module> => fetchEngine(url);
