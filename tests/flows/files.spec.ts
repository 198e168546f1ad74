// Files through the widget: the visitor sends a picture, the agent sees it and answers with a PDF, which the visitor saves byte for
// byte. In every look, and only where the chat widget takes files.

import { readFileSync } from "node:fs";

import { Desk } from "../product/desk.mjs";
import { administrator } from "../product/server.mjs";
import { bert, expect, test } from "./fixtures";
import { hold, LAYOUTS, open, part, photograph } from "./looks";

const sample = (name: string) => readFileSync(new URL(`../../crates/server/tests/files/${name}`, import.meta.url));
const files = { maxBytes: 100_000, types: ["image/png", "image/jpeg", "image/webp", "image/gif", "application/pdf"] };
/** No picture, script or style of another origin but the chat's own: files need no more. */
const strict = (server: string) =>
  `default-src 'self'; script-src 'self' ${server} 'wasm-unsafe-eval'; connect-src 'self' ${server} ${server.replace("http", "ws")}; img-src 'none'`;

for (const [name, layout] of Object.entries(LAYOUTS)) {
  test.describe(name, () => {
    test.use(layout.use);

    test(`a picture goes to the agent, and a PDF comes back (${name})`, async ({ page, browser, product, website, visit }) => {
      website.visitor = bert;
      const server = product.server.url;
      const chat = await visit({ widget: { files }, lang: layout.lang, policy: strict(server) });
      await open(chat);
      const { conversation } = await chat.hears("started");
      const attach = part(chat, "attach");
      await expect(attach).toBeVisible();
      await expect(attach).toHaveAccessibleName(layout.lang === "ar" ? "إرسال ملف" : "Send a file");
      const desk = await Desk.signIn(browser, server, administrator);
      await desk.pick(conversation);
      await desk.accept();

      await test.step("the picture", async () => {
        const choosing = page.waitForEvent("filechooser");
        await attach.focus();
        await page.keyboard.press("Enter");
        const chooser = await choosing;
        const letGo = await hold(page, "**/files?clientId=*");
        await chooser.setFiles({ name: "Scratch.png", mimeType: "image/png", buffer: sample("photo.png") });
        await expect(chat.element.getByRole("progressbar")).toBeVisible();
        await photograph(page, layout, "files-under-way");
        letGo();
        const seen = desk.log.getByRole("img", { name: "Scratch.png" });
        await expect.poll(() => seen.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(48);
        const drawn = chat.log.getByRole("img", { name: "Scratch.png" });
        await expect(drawn).toBeVisible();
        // Something was painted on it.
        await expect.poll(() => drawn.evaluate((it) => (it as HTMLCanvasElement).getContext("2d")?.getImageData(1, 1, 1, 1).data[3])).toBe(255);
        // And nothing of the panel's own style lies over it.
        await expect(drawn).toHaveCSS("padding-top", "0px");
        await expect(chat.element.getByRole("progressbar")).toHaveCount(0);
      });

      await test.step("the PDF", async () => {
        await desk.page.locator("input[type=file]").setInputFiles({ name: "Offer.pdf", mimeType: "application/pdf", buffer: sample("report.pdf") });
        const offer = chat.log.getByRole("button", { name: /Offer\.pdf/ });
        await expect(offer).toBeVisible();
        const saving = page.waitForEvent("download");
        await offer.click();
        const saved = await saving;
        expect(saved.suggestedFilename()).toBe("Offer.pdf");
        expect(readFileSync(await saved.path()).equals(sample("report.pdf"))).toBe(true);
      });

      await test.step("what is no file is refused in the visitor's language", async () => {
        await chat.element.locator("input[type=file]").setInputFiles([
          { name: "report.exe", mimeType: "application/pdf", buffer: Buffer.from(`MZ${"\0".repeat(100)}`) },
          { name: "long.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(100_001) },
        ]);
        const refused = chat.element.getByRole("alert").filter({ hasText: "report.exe" });
        await expect(refused).toBeVisible();
        await expect(refused).toContainText("PNG, JPEG, WEBP, GIF, PDF");
        await expect(chat.element.getByRole("alert").filter({ hasText: "long.pdf" })).toBeVisible();
        await photograph(page, layout, "files");
        for (const alert of await chat.element.getByRole("alert").all()) await alert.getByRole("button").last().click({ trial: true });
        await chat.element.getByRole("alert").first().getByRole("button").click();
        await chat.element.getByRole("alert").first().getByRole("button").click();
        await expect(chat.element.getByRole("alert")).toHaveCount(0);
      });

      await test.step("they are there on the next page", async () => {
        await page.reload();
        if (name === "phone") await open(chat);
        await expect(chat.log.getByRole("img", { name: "Scratch.png" })).toBeVisible();
        await expect(chat.log.getByRole("button", { name: /Offer\.pdf/ })).toBeVisible();
      });
      await desk.close();
    });
  });
}

test("a widget that takes no files loads nothing for them", async ({ page, website, visit }) => {
  website.visitor = bert;
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  const chat = await visit();
  await chat.open();
  await chat.hears("started");
  await chat.send("photo.png");
  await expect(part(chat, "attach")).toHaveCount(0);
  expect(loaded.filter((path) => path.includes("/assets/files-"))).toEqual([]);
  expect(loaded.filter((path) => path.includes("/assets/chat-"))).toHaveLength(1);
});
