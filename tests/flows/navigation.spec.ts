// Navigation on the client, which puts another page into this document: the script tag's chat goes on as it was. One that the
// page takes out itself stays out.

import type { Page } from "@playwright/test";

import type { Chat } from "../product/chat.mjs";
import { bert, expect, test } from "./fixtures";
import { open, part } from "./looks";

test.use({ viewport: { width: 1100, height: 760 } });

/** What libraries do to the page; each leaves a heading "Next". */
const NAVIGATIONS: Record<string, string> = {
  "another body, as Turbo and Astro do": `
    const body = document.createElement("body");
    body.innerHTML = "<h1>Next</h1>";
    document.body.replaceWith(body);`,
  "a body that is a copy of the one before": `
    const body = document.body.cloneNode(true);
    body.querySelector("h1").textContent = "Next";
    document.body.replaceWith(body);`,
  "document.body, set": `
    const body = document.createElement("body");
    body.innerHTML = "<h1>Next</h1>";
    document.body = body;`,
  "other markup in the body, as pjax does": `document.body.innerHTML = "<h1>Next</h1>";`,
  "an empty body for a while": `
    document.body.textContent = "";
    setTimeout(() => { document.body.innerHTML = "<h1>Next</h1>"; }, 50);`,
  "new children": `document.body.replaceChildren(Object.assign(document.createElement("h1"), { textContent: "Next" }));`,
  "one child after the other, as htmx does": `
    const before = [...document.body.childNodes];
    document.body.insertAdjacentHTML("afterbegin", "<h1>Next</h1>");
    for (const child of before) child.remove();`,
  "another document element": `
    const html = document.createElement("html");
    html.innerHTML = "<head><title>Next</title></head><body><h1>Next</h1></body>";
    document.documentElement.replaceWith(html);`,
};

async function talk(chat: Chat): Promise<void> {
  await open(chat);
  await expect(part(chat, "signed-in")).toBeVisible();
  await chat.send("Where is my order?");
  await chat.box.fill("And one more th");
}

const elements = (page: Page) => page.locator("bonafide-chat");

for (const [how, script] of Object.entries(NAVIGATIONS)) {
  test(`a chat that is open goes on after ${how}, time and again`, async ({ page, website, visit }) => {
    website.visitor = bert;
    const chat = await visit();
    await talk(chat);
    await chat.element.evaluate((element) => Object.assign(window, { first: element }));
    for (let turn = 0; turn < 3; turn += 1) {
      await page.evaluate(`{ document.querySelector("h1").textContent = "Before"; }`);
      await page.evaluate(`{ ${script} }`);
      await expect(page.getByRole("heading", { name: "Next" })).toBeVisible();
      await expect(elements(page)).toHaveCount(1);
      expect(await chat.element.evaluate((element) => element === (window as unknown as { first: Element }).first), "the same element").toBe(true);
      await expect(chat.log.getByText("Where is my order?")).toBeVisible();
      await expect(chat.box, "what was being written").toHaveValue("And one more th");
    }
    await chat.send("ing");
    expect(await chat.heard("started"), "nothing was begun again").toHaveLength(1);
    expect(await chat.heard("ended")).toEqual([]);
    await expect(part(chat, "launcher")).toBeVisible();
  });
}

test("document.open and what is written then: the chat is there again, with its conversation", async ({ page, website, visit }) => {
  website.visitor = bert;
  const chat = await visit();
  await talk(chat);
  await page.evaluate(() => {
    document.open();
    document.write("<!doctype html><html lang=en><body><h1>Next</h1></body></html>");
    document.close();
  });
  await expect(page.getByRole("heading", { name: "Next" })).toBeVisible();
  await expect(elements(page)).toHaveCount(1);
  await expect(chat.log.getByText("Where is my order?")).toBeVisible();
});

test("a page whose every body has the script tag has one chat", async ({ page, product, website, visit }) => {
  website.visitor = bert;
  const chat = await visit();
  await talk(chat);
  const widget = await chat.element.getAttribute("widget");
  for (let turn = 0; turn < 2; turn += 1) {
    await page.evaluate(
      async ([server, id]) => {
        const body = document.createElement("body");
        const script = Object.assign(document.createElement("script"), { src: `${server}/embed.js` });
        script.dataset["widget"] = id ?? "";
        const ran = new Promise((done) => script.addEventListener("load", done));
        body.append(script);
        document.body.replaceWith(body);
        await ran;
      },
      [product.server.url, widget] as const,
    );
    await expect(elements(page)).toHaveCount(1);
    await expect(chat.log.getByText("Where is my order?")).toBeVisible();
  }
  expect(await chat.heard("started")).toHaveLength(1);
});

/** What pages do that want no chat any more. */
const REMOVALS: Record<string, string> = {
  "removes it": `chat.remove();`,
  "removes it by its parent": `chat.parentNode.removeChild(chat);`,
  "puts something in its place": `chat.replaceWith(document.createElement("aside"));`,
  "keeps it for later": `document.createDocumentFragment().append(chat);`,
};

for (const [how, script] of Object.entries(REMOVALS)) {
  test(`a page that ${how} has it no more, also after a navigation`, async ({ page, website, visit }) => {
    website.visitor = bert;
    const chat = await visit();
    await expect(chat.launcher).toBeVisible();
    await page.evaluate(`{ const chat = document.querySelector("bonafide-chat"); ${script} }`);
    await expect(elements(page)).toHaveCount(0);
    await page.evaluate(`{ ${NAVIGATIONS["another body, as Turbo and Astro do"]} }`);
    await page.evaluate(`{ ${NAVIGATIONS["other markup in the body, as pjax does"]} }`);
    await expect(page.getByRole("heading", { name: "Next" })).toBeVisible();
    await expect(elements(page)).toHaveCount(0);
  });
}

test("an element that the page moves stays where it is put", async ({ page, website, visit }) => {
  website.visitor = bert;
  const chat = await visit();
  await talk(chat);
  await page.evaluate(() => {
    const place = document.body.appendChild(document.createElement("aside"));
    place.append(document.querySelector("bonafide-chat") as Element);
  });
  await expect(page.locator("aside > bonafide-chat")).toHaveCount(1);
  await expect(chat.log.getByText("Where is my order?")).toBeVisible();
  await page.evaluate(`{ ${NAVIGATIONS["another body, as Turbo and Astro do"]} }`);
  await expect(page.locator("body > bonafide-chat")).toHaveCount(1);
  await expect(chat.log.getByText("Where is my order?")).toBeVisible();
});

test("an element of the page's own is the page's to keep", async ({ page, product, website }) => {
  const { widget } = await website.record(product.admin, { workStream: product.workStream });
  const { url } = product.server;
  await page.goto(
    website.site.publish("/own", { body: `<!doctype html><body><h1>Own</h1><bonafide-chat widget="${widget}" server="${url}"></bonafide-chat><script src="${url}/embed.js"></script></body>` }),
  );
  await expect(page.getByRole("button", { name: "Open chat" })).toBeVisible();
  await page.evaluate(`{ ${NAVIGATIONS["another body, as Turbo and Astro do"]} }`);
  await expect(page.getByRole("heading", { name: "Next" })).toBeVisible();
  await expect(elements(page)).toHaveCount(0);
});
