// What the browser gives, as functions that the engine and its glue can call: those of `taken.js`, held so that a page can
// neither make a wait endless nor see what passes through here. This must hold no decisions: it hands on.
//
// Two kinds of name stand here. The engine itself imports the functions of the first part, in every build. The second part
// bears the browser's own names: a release's glue takes them from here, so that what wasm-bindgen and the libraries in the
// engine call by these names is the browser's, too. On a server some of it is undefined.

import { methods, native, statics } from "./taken.js";

const { bind, call } = methods.Function;
/** A function of one object's. @type {(found: any, object: any) => any} */
const boundTo = (found, object) => found && statics.Reflect.apply(bind, found, [object]);
const { defineProperty, hasOwn } = statics.Object;
// Called as functions of nobody: of another object than the page's they refuse.
const { fetch: nativeFetch, queueMicrotask, reportError } = native;

/**
 * A method as a function that is given its object first, whatever `Function.prototype.call` will be.
 * @type {(name: string, method: string) => any}
 */
const method = (name, method) => methods[name][method] && boundTo(call, methods[name][method]);

/** These methods of a class, to be kept. @type {(name: string, ...names: string[]) => any} */
const these = (name, ...names) => {
  /** @type {any} */
  const found = { __proto__: null };
  for (const wanted of names) found[wanted] = methods[name][wanted];
  return found;
};

/** An object with methods of its own: what the page puts on its prototype later is not called. @type {(made: any, own: any) => any} */
const keep = (made, own) => {
  for (const name in own) defineProperty(made, name, /** @type {any} */ ({ __proto__: null, value: own[name], configurable: true }));
  return made;
};

// Its `constructor`, too, for by that a page could choose what comes of `then`.
const ofPromise = { __proto__: null, then: methods.Promise.then, constructor: undefined };
const ofFunction = { __proto__: null, call };
const resolve = boundTo(statics.Promise.resolve, native.Promise);
const then = method("Promise", "then");
const nativeText = method("Response", "text");
/** A method of an object that the browser gives; nothing where there is none. @type {(name: string, method: string) => any} */
const bound = (name, method) => boundTo(methods[name][method], native[name]);
const fillWithRandom = bound("crypto", "getRandomValues");
const { Uint8Array, Uint32Array } = native;

// The first part.

/** Calls a function on an object, with a list of arguments. */
export const { apply, get } = statics.Reflect;
/** Names and values of an object. */
export const { entries } = statics.Object;
/** Asks a server. @type {(url: string, options: RequestInit) => Promise<Response>} */
export const fetch = (url, options) => keep(nativeFetch(url, options), ofPromise);
/** Looks at a promise, so that nobody is told that nobody did. @type {(promise: Promise<unknown>) => void} */
export const handled = (promise) => void then(promise, undefined, () => {});
/** Milliseconds on a clock that never goes back, but may stand still while the computer sleeps. */
export const now = bound("performance", "now");
/** 32 random bits. @type {() => number} */
export const random = () => fillWithRandom(new Uint32Array(1))[0];
/** Shows an error to the page as one that nobody caught. @type {(error: unknown) => void} */
export const report = (error) => reportError(error);
/** What an object has itself, and not by its prototype. */
export const own = (/** @type {any} */ object, /** @type {string} */ name) => (hasOwn(object, name) ? object[name] : undefined);
export const { parse, stringify } = statics.JSON;
/** Sends on a socket. @type {(socket: WebSocket, text: string) => void} */
export const send = method("WebSocket", "send");
/**
 * Calls one of the two with what becomes of a promise, or of something that looks like one.
 * @type {(promise: unknown, done: (value: unknown) => void, failed: (reason: unknown) => void) => void}
 */
export const settled = (promise, done, failed) => void then(keep(resolve(promise), ofPromise), done, failed);
/** Calls some work once the caller's own is done. @type {(work: () => void) => void} */
export const soon = (work) => queueMicrotask(work);
/** An answer's body. @type {(response: Response) => Promise<string>} */
export const text = (response) => keep(nativeText(response), ofPromise);
/** Any value as a text. */
export const textOf = native.String;
/** A text without the blanks around it. @type {(text: string) => string} */
export const trim = method("String", "trim");
/** The time of day in milliseconds. */
export const wall = statics.Date.now;

// The second part.

/** A class whose objects have these methods of their own. @type {(name: string, ...names: string[]) => any} */
const keeping = (name, ...names) => {
  const Native = native[name];
  const own = these(name, ...names);
  return function (/** @type {any} */ first, /** @type {any} */ second) {
    return keep(new Native(first, second), own);
  };
};

/** Functions that settle a promise are called by a `call` of their own. */
const OwnPromise = function (/** @type {any} */ executor) {
  return new native.Promise((/** @type {any} */ done, /** @type {any} */ failed) => executor(keep(done, ofFunction), keep(failed, ofFunction)));
};
OwnPromise.resolve = (/** @type {unknown} */ value) => keep(resolve(value), ofPromise);

/** Objects without a prototype, on which a page could put what acts when they are filled. */
const OwnObject = function () {
  return { __proto__: null };
};
OwnObject.prototype = statics.Object.prototype;
OwnObject.getPrototypeOf = statics.Object.getPrototypeOf;

/** Lists that are written as lists, whatever old libraries put on their prototype for that. */
const ofArray = { __proto__: null, toJSON: undefined };
const OwnArray = function () {
  return keep([], ofArray);
};
OwnArray.of = boundTo(statics.Array.of, native.Array);
OwnArray.isArray = statics.Array.isArray;

const OwnDecoder = keeping("TextDecoder", "decode");
const OwnEncoder = keeping("TextEncoder", "encodeInto");
const OwnRegistry = native.FinalizationRegistry && keeping("FinalizationRegistry", "register", "unregister");
const OwnView = keeping("DataView", "getInt32", "setFloat64", "setInt32");
const { Module, Instance } = statics.WebAssembly;
const ofTable = these("Table", "get", "set");

/** The engine's table of JavaScript's values. @type {(table: WebAssembly.Table) => WebAssembly.Table} */
export const keepTable = (table) => keep(table, ofTable);

const { AbortController, BroadcastChannel, Error, globalThis, Number, WebSocket, clearTimeout, setTimeout } = native;
const OwnReflect = { __proto__: null, apply, get, set: statics.Reflect.set };
const OwnAssembly = { __proto__: null, Module, Instance };

export {
  AbortController, BroadcastChannel, clearTimeout, Error, globalThis, Number, OwnArray as Array, OwnAssembly as WebAssembly, OwnDecoder as TextDecoder,
  OwnEncoder as TextEncoder, OwnObject as Object, OwnPromise as Promise, OwnReflect as Reflect, OwnRegistry as FinalizationRegistry,
  OwnView as DataView, queueMicrotask, setTimeout, Uint8Array, WebSocket,
};
