// The script tag as it comes through optimisers, tag managers and consent tools: it works, or one line in the console says why not.

import type { Page } from "@playwright/test";

import { Chat } from "../product/chat.mjs";
import type { Website } from "../product/website.mjs";
import { type Product, bert, expect, test } from "./fixtures";
import { open, part } from "./looks";

test.use({ viewport: { width: 1100, height: 760 } });

/** What the chat's own lines in the console are. */
function complaints(page: Page): string[] {
  const lines: string[] = [];
  page.on("console", (message) => {
    if (message.text().includes("bonafide")) lines.push(message.text());
  });
  page.on("pageerror", (error) => lines.push(`uncaught: ${error.message}`));
  return lines;
}

/** Publishes a page with the body that `body` makes, and opens it. */
async function visitPage(page: Page, { admin, workStream, server }: Product, website: Website, body: (server: string, widget: string) => string, path = "/tagged") {
  website.visitor = bert;
  const { widget } = await website.record(admin, { workStream });
  const html = `<!doctype html><html lang="en"><head><script src="/client.js"></script></head><body><main><h1>Cart</h1></main>${body(server.url, widget)}</body></html>`;
  await page.goto(website.site.publish(path, { body: html }));
  return widget;
}

const inserted = (script: string) => `<script>{ ${script} }</script>`;

/** How the tag arrives; all of these work. */
const TAGS: Record<string, (server: string, widget: string) => string> = {
  "as it is written": (server, widget) => `<script async src="${server}/embed.js" data-widget="${widget}"></script>`,
  "with its attributes in the address": (server, widget) => `<script async src="${server}/embed.js?widget=${widget}&amp;position=start"></script>`,
  "with one more parameter, and a fragment": (server, widget) => `<script src="${server}/embed.js?v=3&amp;widget=${widget}#tag"></script>`,
  "inserted by a tag manager that keeps only the address": (server, widget) =>
    inserted(`const script = document.createElement("script"); script.src = "${server}/embed.js?widget=${widget}"; document.head.append(script);`),
  "of another type, run later by a copy with all its attributes (Rocket Loader)": (server, widget) =>
    `<script type="8f2c-text/javascript" src="${server}/embed.js" data-widget="${widget}"></script>
    <script>addEventListener("load", () => {
      const blocked = document.querySelector('script[type$="-text/javascript"]');
      const script = document.createElement("script");
      for (const { name, value } of blocked.attributes) if (name !== "type") script.setAttribute(name, value);
      blocked.replaceWith(script);
    });</script>`,
  "of another type, run by its text while nobody is the current script": (server, widget) =>
    `<script type="text/plain" src="${server}/embed.js" data-widget="${widget}"></script>
    <script>fetch("${server}/embed.js").then((answer) => answer.text()).then((text) => (0, eval)(text));</script>`,
  "likewise, with its attributes in the address": (server, widget) =>
    `<script type="text/plain" src="${server}/embed.js?widget=${widget}"></script>
    <script>fetch("${server}/embed.js").then((answer) => answer.text()).then((text) => (0, eval)(text));</script>`,
  "run by the text of another script": (server, widget) =>
    `<script type="text/plain" src="${server}/embed.js" data-widget="${widget}"></script>
    <script>{ const request = new XMLHttpRequest(); request.open("GET", "${server}/embed.js", false); request.send(); (0, eval)(request.responseText); }</script>`,
  "with the script's text in the page, and the server said": (server, widget) =>
    inserted(`const script = document.createElement("script"); script.dataset.widget = "${widget}"; script.dataset.server = "${server}";
      fetch("${server}/embed.js").then((answer) => answer.text()).then((text) => { script.textContent = text; document.head.append(script); });`),
  "from a blob of its text, with the server said": (server, widget) =>
    inserted(`const script = document.createElement("script"); script.dataset.widget = "${widget}"; script.dataset.server = "${server}";
      fetch("${server}/embed.js").then((answer) => answer.blob()).then((blob) => { script.src = URL.createObjectURL(blob); document.head.append(script); });`),
  "by document.write": (server, widget) => inserted(`document.write('<script src="${server}/embed.js" data-widget="${widget}"><\\/script>');`),
  "as a module": (server, widget) => `<script type="module" src="${server}/embed.js" data-widget="${widget}"></script>`,
  "as a module, with its attributes in the address": (server, widget) => `<script type="module" src="${server}/embed.js?widget=${widget}"></script>`,
  "imported by a module": (server, widget) => `<script type="module" data-widget="${widget}" data-server="${server}">import "${server}/embed.js";</script>`,
  "twice": (server, widget) => `<script src="${server}/embed.js" data-widget="${widget}"></script>`.repeat(2),
  "twice, in both ways": (server, widget) =>
    `<script src="${server}/embed.js?widget=${widget}"></script><script async src="${server}/embed.js" data-widget="${widget}"></script>`,
  "before there is a body": (server, widget) => inserted(`const written = '<head><script src="${server}/embed.js" data-widget="${widget}"><\\/script><script src="/client.js"><\\/script></head><body><h1>Cart</h1></body>';
    addEventListener("load", () => { document.open(); document.write(written); document.close(); });`),
};

for (const [how, tag] of Object.entries(TAGS)) {
  test(`the tag, ${how}: one chat, which starts`, async ({ page, product, website }) => {
    const lines = complaints(page);
    await visitPage(page, product, website, tag);
    const chat = new Chat(page);
    await expect(page.locator("bonafide-chat")).toHaveCount(1);
    expect(await chat.element.getAttribute("server")).toBe(product.server.url);
    await open(chat);
    await expect(part(chat, "signed-in")).toBeVisible();
    expect(lines).toEqual([]);
  });
}

test("an address says all that attributes say, and an attribute is stronger", async ({ page, product, website }) => {
  await visitPage(page, product, website, (server, widget) =>
    `<script src="${server}/embed.js?widget=${widget}&lang=de&position=start&theme=dark&accent-color=%23112233&launcher=none&open&sound=&debug&server=https://elsewhere.example" data-server="${server}" data-lang="fr"></script>`);
  const attributes = await page.locator("bonafide-chat").evaluate((element) => Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])));
  expect(attributes).toMatchObject({ lang: "fr", position: "start", theme: "dark", "accent-color": "#112233", launcher: "none", open: "", sound: "", debug: "", server: product.server.url });
});

test("the page's own address says nothing to the chat", async ({ page, product, website }) => {
  await visitPage(page, product, website, (server) => `<script src="${server}/embed.js"></script>`);
  await page.goto(`${page.url()}?widget=wgt_evil&server=https://elsewhere.example`);
  await expect.poll(() => page.evaluate(() => customElements.get("bonafide-chat") !== undefined)).toBe(true);
  await expect(page.locator("bonafide-chat")).toHaveCount(0);
});

test("two widgets by scripts that nobody is the current one of", async ({ page, product, website }) => {
  const { widget: other } = await website.record(product.admin, { workStream: product.workStream });
  await visitPage(page, product, website, (server, widget) =>
    [widget, other].map((id) => `<script type="module" src="${server}/embed.js?widget=${id}"></script>`).join(""));
  await expect(page.locator("bonafide-chat")).toHaveCount(2);
});

/** What cannot work, and what the one line must name. */
const BROKEN: Record<string, { tag: (server: string, widget: string) => string; names: RegExp }> = {
  "a tag manager took the attributes away": { tag: (server) => `<script async src="${server}/embed.js"></script>`, names: /data-widget.*\?widget=wgt_…/ },
  "attributes taken away, and inserted after the page was loaded": {
    tag: (server) => inserted(`addEventListener("load", () => { const script = document.createElement("script"); script.src = "${server}/embed.js"; document.head.append(script); });`),
    names: /data-widget.*\?widget=wgt_…/,
  },
  "the script's text stands in the page, without the server": {
    tag: (server, widget) =>
      inserted(`const script = document.createElement("script"); script.dataset.widget = "${widget}";
        fetch("${server}/embed.js").then((answer) => answer.text()).then((text) => { script.textContent = text; document.head.append(script); });`),
    names: /src.*data-server/,
  },
  "it runs from a blob, without the server": {
    tag: (server, widget) =>
      inserted(`const script = document.createElement("script"); script.dataset.widget = "${widget}";
        fetch("${server}/embed.js").then((answer) => answer.blob()).then((blob) => { script.src = URL.createObjectURL(blob); document.head.append(script); });`),
    names: /src.*data-server/,
  },
  "it is imported, and no tag is there": { tag: (server) => `<script type="module">import "${server}/embed.js";</script>`, names: /src.*data-server/ },
};

for (const [why, { tag, names }] of Object.entries(BROKEN)) {
  test(`no chat, and one line that says why: ${why}`, async ({ page, product, website }) => {
    const lines = complaints(page);
    await visitPage(page, product, website, tag);
    await expect.poll(() => lines.length).toBe(1);
    expect(lines[0]).toMatch(names);
    await expect(page.locator("bonafide-chat")).toHaveCount(0);
  });
}

test("a script that only defines the element says nothing where there is one, now or soon", async ({ page, product, website }) => {
  const lines = complaints(page);
  await page.clock.install();
  await visitPage(page, product, website, (server) => `<script src="${server}/embed.js"></script>`);
  await page.evaluate(() => document.body.append(document.createElement("bonafide-chat")));
  // The element says what it lacks itself.
  await expect.poll(() => lines.length).toBe(1);
  await page.clock.runFor(10_000);
  expect(lines).toEqual([expect.stringContaining("`widget`")]);
});

/** Pages inside pages. `frame` is what the outer page has; the inner one is the same script tag. */
const FRAMES: Record<string, (html: string) => string> = {
  "srcdoc": (html) => `const frame = document.createElement("iframe"); frame.srcdoc = ${JSON.stringify(html)}; document.body.append(frame);`,
  "about:blank": (html) => `const frame = document.body.appendChild(document.createElement("iframe"));
    frame.contentDocument.open(); frame.contentDocument.write(${JSON.stringify(html)}); frame.contentDocument.close();`,
  "blob:": (html) => `const frame = document.createElement("iframe");
    frame.src = URL.createObjectURL(new Blob([${JSON.stringify(html)}], { type: "text/html" })); document.body.append(frame);`,
};

for (const [what, script] of Object.entries(FRAMES)) {
  test(`in a frame that is ${what} the chat starts, and the agent sees which page it is`, async ({ page, product, website }) => {
    const lines = complaints(page);
    await visitPage(page, product, website, (server, widget) => {
      const inner = `<!doctype html><html lang="en"><title>Inner</title><script>
        window.auth = { getAuthenticationToken: (done) => fetch("${website.origin}/auth/token").then((answer) => answer.text()).then(done) };
      </script><body><script src="${server}/embed.js" data-widget="${widget}"></script></body></html>`;
      return inserted(script(inner).replaceAll("</", "<\\/"));
    }, "/framed");
    await page.goto(`${website.origin}/framed?step=2#secret`);
    const frame = page.frameLocator("iframe");
    await frame.locator('[part~="launcher"]').click();
    await expect(frame.locator('[part~="signed-in"]')).toBeVisible();
    const { conversation } = await frame.locator("bonafide-chat").evaluate((chat) => (chat as unknown as { start(): Promise<{ conversation: string }> }).start());
    const { page: shown } = await product.admin.read(`/agent/conversations/${conversation}/summary`);
    if (what === "blob:") expect(shown.url).toMatch(new RegExp(`^blob:${website.origin}/[0-9a-f-]+$`));
    else expect(shown.url).toBe(`${website.origin}/framed?step=2`);
    expect(lines).toEqual([]);
  });
}

/** Pages whose origin is none. */
const NOWHERE: Record<string, (html: string) => string> = {
  "a sandboxed frame": (html) => `const frame = document.createElement("iframe"); frame.sandbox = "allow-scripts"; frame.srcdoc = ${JSON.stringify(html)}; document.body.append(frame);`,
  "a data: frame": (html) => `const frame = document.createElement("iframe"); frame.src = "data:text/html," + encodeURIComponent(${JSON.stringify(html)}); document.body.append(frame);`,
};

for (const [what, script] of Object.entries(NOWHERE)) {
  test(`in ${what}, which has no origin, the visitor and the console are told`, async ({ page, product, website }) => {
    const lines = complaints(page);
    await visitPage(page, product, website, (server, widget) => {
      const inner = `<!doctype html><html lang="en"><script>window.auth = { getAuthenticationToken: (done) => done("x.y.z") };</script><body><script src="${server}/embed.js" data-widget="${widget}"></script></body></html>`;
      return inserted(script(inner).replaceAll("</", "<\\/"));
    });
    const frame = page.frameLocator("iframe");
    await frame.locator('[part~="launcher"]').click();
    await expect(frame.locator('[part~="card"]')).toBeVisible();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/origin-not-allowed/);
  });
}
