// How states of the agent console are shown: light, dark and at phone width, each judged by axe and photographed.

import { fileURLToPath } from "node:url";

import type { Page } from "@playwright/test";

import { expectAccessible } from "../product/axe.mjs";
import { expect, test } from "./fixtures";
import { sticksOut } from "./sticks-out";

const screens = fileURLToPath(new URL("../../test-results/screens/", import.meta.url));

const WIDE = { width: 1280, height: 800 };

const LOOKS = {
  light: { colorScheme: "light", size: WIDE },
  dark: { colorScheme: "dark", size: WIDE },
  phone: { colorScheme: "light", size: { width: 390, height: 844 } },
} as const;

/** Puts a console into light or dark, and waits until it has taken the colours. */
export async function wear(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  // The theme's colour of text, which the console has with all others.
  const colour = { light: "#242424", dark: "#ffffff" }[colorScheme];
  await page.waitForFunction((colour) => {
    const theme = document.querySelector("#root > .fui-FluentProvider");
    return theme !== null && getComputedStyle(theme).getPropertyValue("--colorNeutralForeground1") === colour;
  }, colour);
}

/** Judges and photographs one state of the console in every look, and leaves the page as wide as it was. */
export async function showDesk(page: Page, state: string): Promise<void> {
  // What was just saved is told for a moment, over everything else.
  await expect(page.locator(".fui-Toast")).toHaveCount(0);
  for (const [look, { colorScheme, size }] of Object.entries(LOOKS)) {
    await test.step(`${state}, ${look}`, async () => {
      await wear(page, colorScheme);
      await page.setViewportSize(size);
      await page.screenshot({ path: `${screens}desk-${look}-${state}.png` });
      expect.soft(await page.evaluate(sticksOut), `${state}, ${look}`).toEqual([]);
      await expectAccessible(page, "html", `${state}, ${look}`);
    });
  }
  await wear(page, "light");
  await page.setViewportSize(WIDE);
}
