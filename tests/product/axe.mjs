// Accessibility as axe-core judges it, with its rules for WCAG 2.2 A and AA and its best practices.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

import { expect } from "@playwright/test";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Fails with every violation below an element, each with what to look at.
 * @param {import("@playwright/test").Page} page
 * @param {string} selector
 * @param {string} state named in the failure
 */
export async function expectAccessible(page, selector, state) {
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(source);
  const violations = await page.evaluate(async (scope) => {
    // A colour on its way to another is neither: what changes is waited for, and what changes with it. What is cancelled is over.
    for (;;) {
      const changes = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
      if (changes.length === 0) break;
      await Promise.allSettled(changes.map(({ finished }) => finished));
    }
    const { axe } = /** @type {any} */ (globalThis);
    // Fluent UI's guards of the keyboard's focus are hidden and focusable on purpose.
    const context = { include: [scope], exclude: [["[data-tabster-dummy]"]] };
    const result = await axe.run(context, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      // The page around belongs to the website.
      rules: { region: { enabled: scope === "html" } },
    });
    return result.violations.map((/** @type {any} */ { id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map((/** @type {any} */ node) => `${node.target.flat().join(" ")}: ${node.failureSummary}`),
    }));
  }, selector);
  // Soft: one run shows what is wrong in every state.
  expect.soft(violations, `accessibility of: ${state}`).toEqual([]);
}
