/**
 * Where the npm package has its engine from: a module that holds it as text, compressed. So whatever bundles JavaScript
 * brings it along, without a file that has to be found beside; and a page can name a file all the same.
 */
import { atob, DecompressionStream, Response, Uint8Array, WebAssembly } from "../natives";
import { fetchEngine } from "./fetch";

/** In words, for messages. */
export const WHERE = "";

/** Compiles the engine, or one at an address. */
export async function compileEngine(url?: string): Promise<WebAssembly.Module> {
  if (url) return await fetchEngine(url);
  const { engine } = await import("bonafide:inline");
  const packed = Uint8Array.from(atob(engine), (byte) => byte.charCodeAt(0));
  const bytes = new Response(packed).body?.pipeThrough(new DecompressionStream("deflate-raw"));
  return await WebAssembly.compile(await new Response(bytes).arrayBuffer());
}
