// What the browser gives, as it is when this is loaded: the first of the chat's scripts in a page. A page may put something
// else in its place later, and by that come between the chat and the visitor. This must hold no decisions: it takes, whole
// classes with all that they and their objects can do, so that who comes later need not be named here.
//
// All by `globalThis`: a page's own `const URL` hides the browser's from those who say `URL`, and not from who asks for the
// property. On a server some of it is undefined.

/** The page's global object. @type {any} */
export const page = globalThis;
const { getOwnPropertyDescriptor, getOwnPropertyNames, getPrototypeOf } = Object;

/** What the browser gives, by its name. @type {any} */
export const native = { __proto__: null, globalThis: page };
/** What classes can do themselves, by the name of the class. @type {any} */
export const statics = { __proto__: null };
/** What a class's objects can do, by the name of the class; or of the one object that the browser gives. @type {any} */
export const methods = { __proto__: null };

/** The functions of an object, inherited ones too: a library may have put a class of its own over the browser's. @type {(owner: any) => any} */
const functions = (owner) => {
  /** @type {any} */
  const found = { __proto__: null };
  for (let from = owner; from; from = getPrototypeOf(from))
    for (const name of getOwnPropertyNames(from)) found[name] ??= getOwnPropertyDescriptor(from, name)?.value;
  return found;
};

/** Takes one thing. @type {(name: string, given: any) => void} */
export const take = (name, given) => {
  native[name] = given;
  statics[name] = functions(given);
  methods[name] = functions(given?.prototype ?? given);
};

for (const name of (
  "AbortController Array BroadcastChannel CSSStyleSheet DataView Date Error FinalizationRegistry Function JSON Map MutationObserver Number " +
  "Object Reflect ResizeObserver Response Set String Symbol TextDecoder TextEncoder URL Uint32Array Uint8Array WebAssembly " +
  "WebSocket cancelAnimationFrame clearTimeout crypto fetch matchMedia performance queueMicrotask reportError requestAnimationFrame setTimeout"
).split(" "))
  take(name, page[name]);
take("Table", native.WebAssembly?.Table);
// By syntax, which no page can hide.
take("Promise", (async () => {})().constructor);
