// A page that puts something of its own in the place of what the browser gives, after the chat was loaded: function by
// function. The chat's waits still end when they must, it still works, and what passes through it is not seen.

import { bert, expect, test } from "./fixtures";

// A trace puts functions of its own between the page and the browser, which call by these names.
test.use({ trace: "off" });

/** What is replaced; where it is a method, the object that has it. */
const REPLACED = [
  "setTimeout", "clearTimeout", "queueMicrotask", "fetch", "reportError",
  "Promise", "Promise.resolve", "Promise.prototype.then", "Promise.prototype.constructor",
  "WebSocket", "WebSocket.prototype.send", "BroadcastChannel", "AbortController", "Response.prototype.text",
  "Reflect", "Reflect.apply", "Reflect.get", "Reflect.set", "JSON", "JSON.parse", "JSON.stringify",
  "Function.prototype.call", "Function.prototype.apply", "Function.prototype.bind",
  "Object", "Object.entries", "Object.getPrototypeOf", "Array", "Array.of", "Array.prototype.@@iterator", "Error", "Number", "String", "Symbol",
  "String.prototype.charCodeAt", "String.prototype.slice", "String.prototype.trim", "String.prototype.@@iterator",
  "TextDecoder", "TextDecoder.prototype.decode", "TextEncoder", "TextEncoder.prototype.encode", "TextEncoder.prototype.encodeInto",
  "Uint8Array", "Uint8Array.prototype.subarray", "Uint8Array.prototype.set", "DataView", "DataView.prototype.setInt32",
  "FinalizationRegistry", "FinalizationRegistry.prototype.register", "FinalizationRegistry.prototype.unregister",
  "WebAssembly", "WebAssembly.Table.prototype.get", "WebAssembly.Table.prototype.set",
  "performance.now", "Date.now", "crypto.getRandomValues", "globalThis",
];

/** Functions that break when they are called, and remember what they were given. */
const evil = `(path) => {
  const { defineProperty, getOwnPropertyDescriptor } = Object, { String: Text } = window, { includes } = String.prototype;
  const { call } = Function.prototype, has = call.bind(includes), seen = [];
  const names = path.split("."), last = names.pop();
  const name = last === "@@iterator" ? Symbol.iterator : last;
  let owner = window;
  for (const step of names) owner = owner[step];
  const before = getOwnPropertyDescriptor(owner, name);
  const note = (value) => { try { seen[seen.length] = typeof value === "object" || typeof value === "function" ? "" : Text(value); } catch {} };
  const value = function () { note(this); for (let at = 0; at < arguments.length; at++) note(arguments[at]); throw new Error("replaced by the page"); };
  defineProperty(owner, name, { value, configurable: true, writable: true, enumerable: false });
  return {
    restore() { if (before) defineProperty(owner, name, before); else delete owner[name]; },
    saw: (secret) => { for (let at = 0; at < seen.length; at++) if (has(seen[at], secret)) return true; return false; },
  };
}`;

const client = "window.auth = { getAuthenticationToken: (done) => window.answer?.(done) };";

/** When: the engine may be there already, or nothing but the script that the page embeds. */
const WHEN = { "after the chat was loaded": true, "before the launcher was touched": false };

/** What the language itself calls for `[...all]`, and what reads an attribute: without these no page's own scripts go on. */
const ONLY_LOADED = ["Array.prototype.@@iterator", "String.prototype.trim"];

for (const path of REPLACED) for (const [when, isLoaded] of Object.entries(WHEN)) {
  if (!isLoaded && ONLY_LOADED.includes(path)) continue;
  test(`${path}, replaced ${when}`, async ({ page, website, visit }) => {
    website.visitor = bert;
    // A shorter time for the client function: all else about the wait stays as it is.
    await page.route(/\/api\/v1\/widgets\/[^/]+$/, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), timeoutMs: 300 } });
    });
    await (await visit({ client })).hears("ready");
    const token = await (await page.request.get(new URL("/auth/token", page.url()).href)).text();
    const result = await page.evaluate(
      async ({ evil, path, token, isLoaded }) => {
        const chat = document.querySelector("bonafide-chat") as HTMLElement & Record<"start" | "end", () => Promise<unknown>> & {
          chat: { send(text: string): Promise<{ delivery: string }> };
        };
        const told = { timeout: "", delivery: "", sawToken: false, sawSecret: false, failed: "" };
        // The engine is there, and has the configuration.
        if (isLoaded) await chat.end();
        const seen = window.eval(`(${evil})`)(path);
        try {
          try {
            await chat.start();
          } catch (error) {
            told.timeout = (error as { code: string }).code;
          }
          (window as unknown as { answer: unknown }).answer = (done: (token: string) => void) => done(token);
          await chat.start();
          told.delivery = (await chat.chat.send("Hello")).delivery;
        } catch (error) {
          told.failed = String((error as Error).stack ?? error);
        } finally {
          seen.restore();
        }
        const stored = sessionStorage.getItem(`bonafide:${chat.getAttribute("widget")}`) ?? "";
        const { secret } = JSON.parse(stored || '{"session":{"secret":"none"}}').session;
        return { ...told, sawToken: seen.saw(token), sawSecret: seen.saw(secret), hasSecret: secret.length > 20 };
      },
      { evil, path, token, isLoaded },
    );
    expect(result).toEqual({
      timeout: "client-function-timeout", delivery: "sent", failed: "", sawToken: false, sawSecret: false, hasSecret: true,
    });
  });
}
