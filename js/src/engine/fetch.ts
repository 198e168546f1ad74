/** Fetches the engine's file, and says what came where it is none. */
import { ChatError } from "../errors";
import { fetch, Uint8Array, WebAssembly } from "../natives";

/** Compiles the engine at an address. What came instead is a `ChatError`; no answer is the browser's own error. */
export async function fetchEngine(url: string): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  const bytes = await response.arrayBuffer();
  // It begins with a zero, as no text does. Many a server answers every address with its start page, and 200.
  if (!response.ok || new Uint8Array(bytes)[0] !== 0) {
    const came = response.ok ? `${response.headers.get("content-type")}, not WebAssembly` : response.status;
    throw new ChatError({
      code: "network-unreachable",
      message: `The chat's engine is not at ${url}: what came is ${came}.`,
      retryable: true,
    });
  }
  return await WebAssembly.compile(bytes);
}
