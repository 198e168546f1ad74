/**
 * `natives.ts` takes what the browser gives when it is loaded, before a test can put something else in its place. Here it leads
 * to what is there when it is called.
 */
const globals = globalThis as Record<string, unknown>;

for (const name of ["clearTimeout", "fetch", "matchMedia", "reportError", "setTimeout"]) {
  const real = (globals[name] ?? function absent() {}) as object;
  const now = () => (globals[name] === latest ? real : (globals[name] as object)) as never;
  const latest: object = new Proxy(real, {
    apply: (_, __, all) => Reflect.apply(now(), undefined, all),
    construct: (_, all) => Reflect.construct(now(), all),
    get: (_, key) => Reflect.get(now(), key),
  });
  Object.defineProperty(globals, name, { value: latest, configurable: true, writable: true, enumerable: true });
}
