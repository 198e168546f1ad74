/**
 * Vite plugin for the chunk that the script tag's loader loads: what the loader has already is taken from the element's class
 * instead of being bundled again. An import of something that is not shared fails the build.
 */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const source = (path) => fileURLToPath(new URL(`../src/${path}`, import.meta.url));
const ID = "\0bonafide:shared";
/** The modules that the loader consists of, as far as they are shared. */
const MODULES = new Set(["element/dom", "engine/pkg/taken", "errors", "in-time", "locale", "newer", "phone", "storage"].map(source));

export function shared() {
  const text = readFileSync(source("element/shared.ts"), "utf8");
  const names = /export const shared = \[([^\]]+)\]/.exec(text)?.[1];
  if (!names) throw new Error("src/element/shared.ts does not say what is shared");
  return {
    name: "bonafide-shared",
    enforce: "pre",
    resolveId(id, importer) {
      return importer && MODULES.has(resolve(dirname(importer), id).replace(/\.js$/, "")) ? ID : undefined;
    },
    load(id) {
      return id === ID ? `export const [${names} newer] = customElements.get("bonafide-chat").shared;` : undefined;
    },
  };
}

/** For the loader, which would have to be larger for it: the chunk looks for what pages hide. What the
 * loader itself names is either asked of an object that has it, or done without where the page hides it; but for `setTimeout`:
 * no page is known that hides it and works. */
export function withoutUnhide() {
  return {
    name: "bonafide-without-unhide",
    enforce: "pre",
    resolveId: (id) => (id === "./unhide" ? "\0bonafide:unhide" : undefined),
    load: (id) => (id === "\0bonafide:unhide" ? "export const unhide = () => {};" : undefined),
  };
}
