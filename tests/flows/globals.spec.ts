// A page that has something of its own by a name of the browser's: declared or assigned, before the chat's script or after it.
// The chat works all the same, and a fresh window is made only where something is hidden.

import type { Page } from "@playwright/test";

import { portalClient } from "../product/website.mjs";
import { bert, expect, test } from "./fixtures";
import { part } from "./looks";

/** What pages write. Each hides what the chat, its engine or a library in that calls by this name. */
const OWN = {
  "var URL": 'var URL = "/shop";',
  "function URL": "function URL() {}",
  "function Map": "function Map(element) { this.element = element; }",
  "var Map": "var Map = function (element) { this.element = element; }; Map.prototype.zoom = function () {};",
  "var Set": "var Set = {};",
  "var Symbol": 'var Symbol = "MSFT";',
  "var Reflect": "var Reflect = { angle: 30 };",
  "function Response": "function Response(text) { this.text = text; }",
  "var Promise": 'var Promise = "We deliver in two days.";',
  "var performance": "var performance = 'good';",
  "function performance": "function performance() {}",
  "function crypto": "function crypto() {}",
  "function fetch": "function fetch(id) { return document.getElementById(id); }",
  "function WebSocket": "function WebSocket() {}",
  "function TextDecoder": "function TextDecoder() {}",
  "var Uint8Array": "var Uint8Array = [1, 2, 3];",
  "function AbortController": "function AbortController() {}",
  "function BroadcastChannel": "function BroadcastChannel() {}",
  "function CustomEvent": "function CustomEvent() {}",
  "var CustomEvent": 'var CustomEvent = "The fair of May";',
  "function CSSStyleSheet": "function CSSStyleSheet() {}",
  "var CSSStyleSheet": "var CSSStyleSheet = [];",
  "function MutationObserver": "function MutationObserver() {}",
  "var MutationObserver": 'var MutationObserver = "A bird watcher";',
  "function matchMedia": "function matchMedia() {}",
  "const URL and class Map": 'const URL = "/shop"; class Map {} let fetch = 1; const Promise = 2;',
  "const document's words": "const performance = 1, Response = 2, Set = 3;",
};

/** What a page evaluates, without the script that Playwright puts beside it: that calls by the same names. */
async function inPage(page: Page) {
  const session = await page.context().newCDPSession(page);
  return async (expression: string): Promise<unknown> => {
    const { result } = await session.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    return result.value;
  };
}

const chat = 'document.querySelector("bonafide-chat")';

for (const [name, own] of Object.entries(OWN)) {
  // What is declared later is of one kind: each function by itself is replaced in `natives.spec.ts`.
  for (const when of /^(var URL|function Map|function fetch|const)/.test(name) ? (["before", "after"] as const) : (["before"] as const)) {
    test(`${name}, ${when} the tag`, async ({ page, website, visit, product }) => {
      website.visitor = bert;
      await visit({ client: when === "before" ? `${portalClient}\n${own}` : portalClient });
      const evaluate = await inPage(page);
      if (when === "after") await evaluate(`document.head.append(Object.assign(document.createElement("script"), { text: ${JSON.stringify(own)} }))`);
      await evaluate(`${chat}.shadowRoot.querySelector("button").click()`);
      const heard = async (type: string) =>
        (await evaluate(`JSON.stringify(heardFromChats.filter((it) => it.type === ${JSON.stringify(type)}).map((it) => it.detail))`)) as string;
      await expect.poll(() => heard("started"), { timeout: 30_000 }).toContain('"authenticated":true');
      expect(await heard("error")).toBe("[]");
      const [{ conversation }] = JSON.parse(await heard("started"));
      await evaluate(`${chat}.shadowRoot.querySelector("textarea").value = "Hello"; ${chat}.shadowRoot.querySelector("form").requestSubmit()`);
      await expect.poll(async () => (await product.admin.read(`/agent/conversations/${conversation}/messages`)).items.length).toBe(1);
      await expect.poll(() => evaluate(`${chat}.shadowRoot.querySelector("[role=log]").textContent`)).toContain("Hello");
    });
  }
}

for (const name of ["function MutationObserver", "var MutationObserver"] as const)
  test(`${name}, where nobody is there and files may be sent`, async ({ page, website, visit }) => {
    website.visitor = bert;
    const chat = await visit({ client: `${portalClient}\n${OWN[name]}`, isUnserved: true, widget: { files: { maxBytes: 100_000, types: ["image/png"] } } });
    await chat.open();
    await chat.hears("started");
    await expect(part(chat, "nobody")).not.toBeEmpty();
    await expect(part(chat, "attach")).toBeVisible();
  });

test("a page that hides nothing gets no frame, whatever its libraries wrap", async ({ page, website, visit }) => {
  website.visitor = bert;
  // As error monitors and zones do it.
  const wrapped = `
    const { fetch, setTimeout, Promise, WebSocket } = window;
    window.fetch = (...all) => fetch(...all);
    window.setTimeout = (...all) => setTimeout(...all);
    window.Promise = class Zoned extends Promise {};
    window.WebSocket = class Watched extends WebSocket {};`;
  const chat = await visit({ client: `${portalClient}\n{${wrapped}}` });
  await chat.open();
  await chat.hears("started");
  await chat.send("Hello");
  await expect(page.locator("iframe")).toHaveCount(0);
});
