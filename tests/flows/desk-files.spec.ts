// Files in the agent console: a visitor's picture is seen, a PDF goes back, what is no file is refused in words, and what is under
// way can be called off.

import { readFileSync } from "node:fs";

import type { Page } from "@playwright/test";

import { Desk } from "../product/desk.mjs";
import { administrator } from "../product/server.mjs";
import { showDesk } from "./desk-looks";
import { bert, expect, test } from "./fixtures";

const sample = (name: string) => readFileSync(new URL(`../../crates/server/tests/files/${name}`, import.meta.url));
const types = ["image/png", "image/jpeg", "image/webp", "image/gif", "application/pdf"];

/** Sends a file as the visitor of this page, over the API that the widget uses. */
const sendAsVisitor = (page: Page, server: string, name: string, content: Buffer) =>
  page.evaluate(
    async ({ server, name, bytes }) => {
      const { session } = Object.values(sessionStorage).map((text) => JSON.parse(text)).find((stored) => stored?.session);
      const answer = await fetch(`${server}/api/v1/conversations/${session.conversation}/files?clientId=${crypto.randomUUID()}`, {
        method: "POST",
        headers: { authorization: `Bearer ${session.secret}`, "file-name": encodeURIComponent(name) },
        body: new Uint8Array(bytes),
      });
      return answer.status;
    },
    { server, name, bytes: [...content] },
  );

/** Reads the file of the last message, as the visitor of this page. */
const readAsVisitor = (page: Page, server: string) =>
  page.evaluate(async (server) => {
    const { session } = Object.values(sessionStorage).map((text) => JSON.parse(text)).find((stored) => stored?.session);
    const headers = { authorization: `Bearer ${session.secret}` };
    const base = `${server}/api/v1/conversations/${session.conversation}`;
    const { items } = await (await fetch(`${base}/messages`, { headers })).json();
    const answer = await fetch(`${base}/files/${items.at(-1).attachment.id}`, { headers });
    return [...new Uint8Array(await answer.arrayBuffer())];
  }, server);

test("a picture is seen, a PDF goes back, and the visitor saves the same bytes", async ({ page, browser, product, website, visit }) => {
  website.visitor = bert;
  const server = product.server.url;
  const chat = await visit({ widget: { files: { maxBytes: 100_000, types } } });
  await chat.open();
  const { conversation } = await chat.hears("started");
  await chat.send("Here is the scratch:");

  const desk = await Desk.signIn(browser, server, administrator);
  await desk.pick(conversation);
  await expect(desk.page.getByRole("button", { name: "Send files" }), "not before it is accepted").toHaveCount(0);
  await desk.accept();

  await test.step("the visitor's picture", async () => {
    expect(await sendAsVisitor(page, server, "scratch.png", sample("photo.png"))).toBe(201);
    const picture = desk.log.getByRole("img", { name: "scratch.png" });
    await expect(picture).toBeVisible();
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(48);
    await expect(chat.log.getByRole("img", { name: "scratch.png" }), "the visitor sees that it was sent").toBeVisible();
    // It opens as a picture, in a tab of its own.
    const opening = desk.page.context().waitForEvent("page");
    await desk.log.getByRole("link", { name: "scratch.png" }).click();
    const opened = await opening;
    await expect(opened.locator("img")).toBeVisible();
    await opened.close();
  });

  await test.step("the agent's PDF", async () => {
    const choosing = desk.page.waitForEvent("filechooser");
    await desk.box.focus();
    // By the keyboard: the button is behind the field.
    await desk.page.keyboard.press("Tab");
    await expect(desk.page.getByRole("button", { name: "Send files" })).toBeFocused();
    await desk.page.keyboard.press("Enter");
    const chooser = await choosing;
    expect(chooser.isMultiple()).toBe(true);
    await chooser.setFiles({ name: "Repair offer.pdf", mimeType: "application/pdf", buffer: sample("report.pdf") });
    const link = desk.log.getByRole("link", { name: "Repair offer.pdf" });
    await expect(link).toBeVisible();
    await expect(chat.log.getByText("Repair offer.pdf")).toBeVisible();
    expect(Buffer.from(await readAsVisitor(page, server)).equals(sample("report.pdf"))).toBe(true);
    const saving = desk.page.waitForEvent("download");
    await link.click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe("Repair offer.pdf");
    expect(readFileSync(await saved.path()).equals(sample("report.pdf"))).toBe(true);
    await showDesk(desk.page, "files");
  });

  await test.step("dropped and pasted", async () => {
    const transfer = (name: string, bytes: Buffer) =>
      desk.page.evaluateHandle(
        ({ name, bytes }) => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], name, { type: "image/gif" }));
          return data;
        },
        { name, bytes: [...bytes] },
      );
    const dropped = await transfer("dropped.gif", sample("photo.gif"));
    await desk.log.dispatchEvent("dragover", { dataTransfer: dropped });
    await expect(desk.page.getByText("Drop to send")).toBeVisible();
    await showDesk(desk.page, "files-drop");
    await desk.log.dispatchEvent("drop", { dataTransfer: dropped });
    await expect(desk.log.getByRole("img", { name: "dropped.gif" })).toBeVisible();
    await expect(desk.page.getByText("Drop to send")).toHaveCount(0);
    const pasted = await transfer("pasted.gif", sample("photo.gif"));
    await desk.box.evaluate((box, clipboardData) => {
      box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, pasted);
    await expect(desk.log.getByRole("img", { name: "pasted.gif" })).toBeVisible();
  });

  await test.step("what is refused says why", async () => {
    const files = desk.page.locator("input[type=file]");
    await files.setInputFiles([
      { name: "report.exe", mimeType: "application/pdf", buffer: Buffer.from(`MZ${"\0".repeat(100)}`) },
      { name: "long.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(100_001) },
    ]);
    const refused = desk.log.getByRole("alert").filter({ hasText: "report.exe is not a PDF or an image: it begins with MZ" });
    const tooLarge = desk.log.getByRole("alert").filter({ hasText: "long.pdf has 100,001 bytes; at most 100,000 bytes are taken." });
    await expect(refused).toBeVisible();
    await expect(tooLarge).toBeVisible();
    await expect(refused.getByRole("button", { name: "Send again" }), "it would be refused again").toHaveCount(0);
    await showDesk(desk.page, "files-refused");
    await desk.page.getByRole("button", { name: "Discard report.exe" }).click();
    await desk.page.getByRole("button", { name: "Discard long.pdf" }).click();
    await expect(desk.log.getByRole("alert")).toHaveCount(0);
  });

  await test.step("what is under way is called off, and what failed goes again", async () => {
    const isPost = (url: URL) => url.pathname.endsWith("/files");
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await desk.page.route(isPost, async (route) => {
      await held;
      // By then it was called off.
      await route.abort().catch(() => {});
    });
    const files = desk.page.locator("input[type=file]");
    await files.setInputFiles({ name: "late.gif", mimeType: "image/gif", buffer: sample("photo.gif") });
    await expect(desk.log.getByRole("progressbar", { name: "Sending late.gif" })).toBeVisible();
    await showDesk(desk.page, "files-under-way");
    await desk.page.getByRole("button", { name: "Cancel sending late.gif" }).click();
    await expect(desk.log.getByRole("progressbar")).toHaveCount(0);
    await files.setInputFiles({ name: "again.gif", mimeType: "image/gif", buffer: sample("photo.gif") });
    await expect(desk.log.getByRole("progressbar", { name: "Sending again.gif" })).toBeVisible();
    letGo();
    const failed = desk.log.getByRole("alert").filter({ hasText: "The server did not answer" });
    await expect(failed).toBeVisible();
    await desk.page.unroute(isPost);
    await failed.getByRole("button", { name: "Send again" }).click();
    await expect(desk.log.getByRole("img", { name: "again.gif" })).toBeVisible();
    await expect(desk.log.getByRole("alert")).toHaveCount(0);
    await expect(desk.log.getByText("late.gif")).toHaveCount(0);
  });
  await desk.close();
});

test("an administrator switches files on, with their size and types", async ({ browser, product }) => {
  const desk = await Desk.signIn(browser, product.server.url, administrator);
  const { page } = desk;
  const { id } = await product.admin.create("/admin/chat-widgets", {
    name: `Files ${crypto.randomUUID()}`,
    workStream: product.workStream,
    authenticationSetting: null,
    signIn: "optional",
    allowedOrigins: ["*"],
  });
  await page.goto(`${product.server.url}/admin/chat-widgets/${id}`);
  const on = page.getByRole("switch", { name: "Visitors and agents may send files" });
  await expect(on).not.toBeChecked();
  await on.check();
  const largest = page.getByRole("textbox", { name: "Largest file in MB" });
  await expect(largest).toHaveValue("10");
  await largest.fill("26");
  for (const name of ["WebP", "GIF"]) await page.getByRole("checkbox", { name }).uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("This must be from 1024 to 26214400 bytes.").first()).toBeVisible();
  await expect(largest).toBeFocused();
  await largest.fill("0.5");
  await on.scrollIntoViewIfNeeded();
  await showDesk(page, "files-setting");
  await page.getByRole("button", { name: "Save" }).click();
  await expect.poll(async () => (await product.admin.read(`/admin/chat-widgets/${id}`)).files).toEqual({
    maxBytes: 524_288,
    types: ["image/png", "image/jpeg", "application/pdf"],
  });
  await page.reload();
  await expect(largest).toHaveValue("0.5");
  await on.uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await expect.poll(async () => (await product.admin.read(`/admin/chat-widgets/${id}`)).files).toBeNull();
  await desk.close();
});
