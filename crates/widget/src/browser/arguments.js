// What a page's script gives an engine, checked: it may be anything, and may throw when it is looked at.

import { quote } from "./builtins.js";

/** @type {(options: any, name: string) => unknown} */
const property = (options, name) => {
  try {
    return options[name];
  } catch {}
};

/**
 * The options; `fault` is a sentence about what is wrong with them, and then there is nothing that could be started.
 * @param {unknown} options
 */
export const readOptions = (options) => {
  const text = (/** @type {string} */ name) => {
    const value = property(options, name);
    return typeof value === "string" ? value : "";
  };
  const server = text("server");
  const widget = text("widget");
  const storage = property(options, "storage");
  const getToken = property(options, "getToken");
  /** @type {string | undefined} */
  let fault;
  if (!/^https?:\/\//.test(server)) fault = "The option `server` is not an http or https address.";
  else if (!/^[\w-]{1,64}$/.test(widget)) fault = "The option `widget` is not the id of a chat widget.";
  else if (storage !== undefined && storage !== "session" && storage !== "none")
    fault = "The option `storage` is neither `session` nor `none`.";
  else if (getToken !== undefined && typeof getToken !== "function") fault = "The option `getToken` is not a function.";
  return { server: server.replace(/\/+$/, ""), widget, getToken: /** @type {Function | undefined} */ (getToken), isKept: !fault && storage !== "none", fault, trace: /** @type {any} */ (property(options, "trace")) };
};

/**
 * Unsigned context as JSON: of an object of primitives. `fault` names what cannot be used.
 * @param {any} context
 * @returns {{ json?: string, fault?: string }}
 */
export const readContext = (context) => {
  let json = "";
  try {
    for (const [name, value] of Object.entries(context)) {
      const isText = typeof value === "string";
      if (!isText && typeof value !== "boolean" && !Number.isFinite(value))
        return { fault: `The context variable \`${name}\` is not a text, a finite number or a boolean.` };
      // JavaScript writes numbers as JSON does.
      json += `${json && ","}${quote(name)}:${isText ? quote(value) : value}`;
    }
    if (typeof context === "object") return { json: `{${json}}` };
  } catch {}
  return { fault: "`setContext` takes an object of texts, numbers and booleans." };
};
