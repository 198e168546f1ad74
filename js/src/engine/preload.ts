/** For pages that want the engine earlier than the first chat does, or from a file of their own. */
import { loadEngine } from "./load";

/** Where to get the engine from. */
export interface PreloadOptions {
  /** Address of the package's `bonafide_widget.wasm`, where the page serves that as a file; else it comes with the package. */
  readonly engineUrl?: string | URL;
}

/** Loads the engine now. Rejects with a `ChatError` where that fails; the first chat then tries again, without the file. */
export async function preload({ engineUrl }: PreloadOptions = {}): Promise<void> {
  await loadEngine(engineUrl && `${engineUrl}`);
}
