/** What counts as loaded: all that comes with the first chunk, and nothing that waits until it is needed. */
import { expect, it } from "vitest";
import { importedAtOnce, loadedWith } from "../scripts/loaded.mjs";

it("finds what a minified module imports at once, in each of the ways to write it", () => {
  const source = `import{a as b}from"./one.js";import"./two.js";import c from './three.js';export*from"./four.js";import("./later.js");import("react")`;
  expect(importedAtOnce(source)).toEqual(["one.js", "two.js", "three.js", "four.js"]);
});

it("follows imports to their end, in circles too", () => {
  const modules = {
    "chat.js": 'import{a}from"./shared.js"',
    "shared.js": 'import"./deep.js"',
    "deep.js": 'import"./chat.js"',
    "report.js": 'import"./shared.js"',
  };
  expect([...loadedWith(["chat.js"], (name) => modules[name])]).toEqual(["chat.js", "shared.js", "deep.js"]);
});
