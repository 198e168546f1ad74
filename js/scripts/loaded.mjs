/**
 * What a browser loads together with a module: what that imports, and what those import, at once. What is imported when
 * it is needed (`import("…")`) is not among it.
 */

/** The names, relative to it, of the modules that a built module imports at once. */
export function importedAtOnce(source) {
  return [...source.matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+)["'`]/g)].map(([, name]) => name);
}

/** These modules and all that they lead to. `read` gives a module's text by its name. */
export function loadedWith(entries, read) {
  const loaded = new Set(entries);
  // A set that grows while it is walked is walked to its end.
  for (const name of loaded) for (const imported of importedAtOnce(read(name))) loaded.add(imported);
  return loaded;
}
