// A page that was open before the server got another version: the files that it knows are gone by the time it asks for them.

import type { Page } from "@playwright/test";

import { bert, expect, test } from "./fixtures";

/** What the loader's script says of its chunk: the file, and what another version's has to fit. */
const NAMED = /assets\/(chat-[\w-]+)\.js#(\w+)/;

/**
 * Puts another version in the place of the server's: the chunk has another name, the engine too, and the old ones are gone.
 * `fits` says whether the loader stayed as it is, `isWhole` whether all of the other version is there.
 */
async function deploy(page: Page, server: string, { fits, isWhole = true }: { fits: boolean; isWhole?: boolean }): Promise<void> {
  const script = await (await page.request.get(`${server}/embed.js`)).text();
  const [, name, fit] = NAMED.exec(script) as unknown as [string, string, string];
  const chunk = await (await page.request.get(`${server}/assets/${name}.js`)).text();
  const [wasm] = /bonafide_widget-[\w-]+\.wasm/.exec(chunk) as unknown as [string];
  const engine = await (await page.request.get(`${server}/assets/${wasm}`)).body();
  const headers = { "access-control-allow-origin": "*" };
  const gone = { status: 404, headers, contentType: "application/problem+json", body: "{}" };
  const type = { js: "text/javascript", wasm: "application/wasm" };
  await page.route(`${server}/assets/${name}.js*`, (route) => route.fulfill(gone));
  await page.route(`${server}/assets/${wasm}`, (route) => route.fulfill(gone));
  const now = script.replace(NAMED, `assets/chat-another.js#${fits ? fit : "00000000"}`);
  await page.route(`${server}/embed.js`, (route) => route.fulfill({ headers, contentType: type.js, body: now }));
  const body = chunk.replace(wasm, "bonafide_widget-another.wasm");
  await page.route(`${server}/assets/chat-another.js`, (route) => route.fulfill({ headers, contentType: type.js, body }));
  const another = isWhole ? { headers, contentType: type.wasm, body: engine } : gone;
  await page.route(`${server}/assets/bonafide_widget-another.wasm`, (route) => route.fulfill(another));
}

test("the chunk is gone, and the present one fits: it is taken", async ({ page, website, visit, product }) => {
  website.visitor = bert;
  const chat = await visit();
  await chat.hears("ready");
  await deploy(page, product.server.url, { fits: true });
  await chat.open();
  expect((await chat.hears("started")).authenticated).toBe(true);
  await chat.send("Hello");
  expect(await chat.heard("error")).toEqual([]);
});

test("the chunk is gone, and the present one is another's: the page is told to reload", async ({ page, website, visit, product }) => {
  website.visitor = bert;
  const chat = await visit();
  await chat.hears("ready");
  await deploy(page, product.server.url, { fits: false });
  await chat.launcher.click();
  const error = await chat.hears("error");
  expect(error).toMatchObject({ code: "unavailable", retryable: false });
  expect(error.message).toBe("The server has another version: reload the page.");
  await expect(chat.element.getByRole("alert")).toHaveText("The chat could not be loaded. Please reload the page.");
});

test("the engine is gone, and the present one fits: it is taken", async ({ page, website, visit, product }) => {
  website.visitor = bert;
  const chat = await visit();
  await chat.launcher.hover();
  await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => /assets\/chat-/.test(name)));
  await deploy(page, product.server.url, { fits: true });
  await chat.open();
  expect((await chat.hears("started")).authenticated).toBe(true);
  await chat.send("Hello");
  expect(await chat.heard("error")).toEqual([]);
});

test("the engine is gone, and the present one is another's: the visitor is told to reload", async ({ page, website, visit, product }) => {
  website.visitor = bert;
  const chat = await visit();
  await chat.launcher.hover();
  await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => /assets\/chat-/.test(name)));
  await deploy(page, product.server.url, { fits: false });
  await chat.open();
  expect(await chat.hears("error")).toMatchObject({ code: "unavailable", retryable: false });
  await expect(chat.panel.getByRole("heading", { name: "This page is out of date" })).toBeVisible();
  await expect(chat.panel.getByText("Please reload it to chat.", { exact: true })).toBeVisible();
});

test("the engine of the present version is gone as well, as between two servers: that is an error, and no end of trying", async ({ page, website, visit, product }) => {
  website.visitor = bert;
  const chat = await visit();
  await chat.hears("ready");
  await deploy(page, product.server.url, { fits: true, isWhole: false });
  await chat.open();
  const error = await chat.hears("error");
  expect(error).toMatchObject({ code: "network-unreachable", retryable: true });
  expect(error.message).toContain("bonafide_widget-another.wasm: what came is 404");
});

for (const [what, answer, message] of [
  ["a start page", { contentType: "text/html", body: "<!doctype html>" }, "what came is text/html, not WebAssembly"],
  ["an error", { status: 404, contentType: "text/plain", body: "gone" }, "what came is 404"],
] as const) {
  test(`${what} where the engine should be is named`, async ({ page, website, visit }) => {
    website.visitor = bert;
    await page.route(/\.wasm$/, (route) => route.fulfill({ headers: { "access-control-allow-origin": "*" }, ...answer }));
    const chat = await visit();
    await chat.open();
    const error = await chat.hears("error");
    expect(error).toMatchObject({ code: "network-unreachable", retryable: true });
    expect(error.message).toContain(message);
  });
}
