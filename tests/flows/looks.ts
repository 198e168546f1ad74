// How states of the chat are shown, judged by axe and photographed: the layouts, their colours, the camera, and what makes the
// chat stand still for it.

import { fileURLToPath } from "node:url";

import type { Page } from "@playwright/test";

import { expectAccessible } from "../product/axe.mjs";
import type { Chat } from "../product/chat.mjs";
import { test } from "./fixtures";

const screens = fileURLToPath(new URL("../../test-results/screens/", import.meta.url));

const DESKTOP = { width: 1100, height: 760 };

/** How the page is laid out, and the colours that each state is shown in. */
export const LAYOUTS = {
  desktop: {
    lang: "en",
    use: { viewport: DESKTOP },
    looks: {
      light: { colorScheme: "light", forcedColors: "none" },
      dark: { colorScheme: "dark", forcedColors: "none" },
      forced: { colorScheme: "light", forcedColors: "active" },
    },
  },
  phone: { lang: "en", use: { viewport: { width: 360, height: 740 }, hasTouch: true }, looks: { phone: { colorScheme: "light" } } },
  rtl: { lang: "ar", use: { viewport: DESKTOP }, looks: { rtl: { colorScheme: "light" } } },
} as const;
/** The colours that a layout is shown in. */
interface Layout {
  readonly looks: Readonly<Record<string, Parameters<Page["emulateMedia"]>[0]>>;
}

/** A part of the chat: names of parts are the same in every language. */
export const part = (chat: Chat, name: string) => chat.element.locator(`[part~="${name}"]`).first();

/** Judges and photographs one state, in every colour of its layout. */
export async function photograph(page: Page, layout: Layout, state: string, keep: () => Promise<unknown> = async () => {}): Promise<void> {
  for (const [look, media] of Object.entries(layout.looks)) {
    await test.step(`${state}, ${look}`, async () => {
      await page.emulateMedia(media);
      await keep();
      await page.screenshot({ path: `${screens}${look}-${state}.png` });
      await expectAccessible(page, "bonafide-chat", `${state}, ${look}`);
    });
  }
}

export const open = (chat: Chat) => part(chat, "launcher").click();

/** Stops what matches on its way, until it is let go. */
export async function hold(page: Page, url: string): Promise<() => void> {
  let letGo = (): void => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(url, async (route) => {
    await gate;
    await route.continue();
  });
  return letGo;
}
