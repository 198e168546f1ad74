// Records in the administrator console: two people change one, odd rules, what was done to them, and a session that ended.

import type { Page } from "@playwright/test";

import { Desk } from "../product/desk.mjs";
import { Server, administrator } from "../product/server.mjs";
import { showDesk } from "./desk-looks";
import { expect, test } from "./fixtures";

const other = { name: "Bo Second", email: "bo@example.com", password: "correct horse battery staple", role: "administrator" };

/** One record of each kind, by the address of its form, with the label of a field to change. */
async function records(admin: Awaited<ReturnType<typeof Server.fresh>>["admin"]): Promise<[address: string, label: string][]> {
  const at = async (list: string, body: unknown) => `/admin/${list}/${(await admin.create(`/admin/${list}`, body)).id}`;
  const setting = await at("authentication-settings", {
    name: "Shop",
    publicKeyUrl: "https://shop.example/keys",
    clientFunction: "auth.token",
  });
  const queue = await at("queues", { name: "Sales" });
  const queueId = queue.split("/").at(-1);
  const stream = await at("work-streams", {
    name: "Web",
    contextVariables: [{ name: "cart", type: "number" }],
    rules: [{ name: "VIP", when: { all: [{ authenticated: true }] }, queue: queueId, priority: 5 }],
    fallbackQueue: queueId,
  });
  const widget = await at("chat-widgets", {
    name: "Shop chat",
    workStream: stream.split("/").at(-1),
    authenticationSetting: setting.split("/").at(-1),
    signIn: "required",
    allowedOrigins: ["https://shop.example"],
  });
  return [
    [setting, "Owner"],
    [queue, "Name"],
    [stream, "Name of rule 1"],
    [widget, "Name"],
    [await at("contacts", { name: "Ann", active: true }), "Telephone"],
    [await at("operators", other), "Name"],
    [await at("canned-replies", { name: "hello", text: "Hello" }), "Text"],
  ];
}

const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();

/** Waits until what was just saved is told no more. */
const quiet = (page: Page) => expect(page.locator(".fui-Toast")).toHaveCount(0);

test("records that are changed by two, and what was done to them", async ({ browser }) => {
  const { server, admin } = await Server.fresh();
  try {
    const forms = await records(admin);
    const desk = await Desk.signIn(browser, server.url, administrator);
    const { page } = desk;

    await test.step("after a save, no form asks whether to leave", async () => {
      for (const [address, label] of forms) {
        await page.goto(`${server.url}${address}`);
        await page.getByLabel(label, { exact: true }).fill(" 12345 changed ");
        await save(page);
        await expect(page.getByText("Saved", { exact: true }).first(), address).toBeVisible();
        await page.getByRole("link", { name: "Start", exact: true }).click();
        await expect(page, address).toHaveURL(/\/admin$/);
        await page.getByRole("link", { name: "Audit", exact: true }).click();
        await expect(page.getByRole("dialog")).toHaveCount(0);
      }
    });

    await test.step("a restriction that somebody else set is kept", async () => {
      const [[address = ""] = []] = forms;
      await page.goto(`${server.url}${address}`);
      await page.getByLabel("Name", { exact: true }).fill("Web shop");
      const now = await admin.read(address);
      const body = { name: now.name, publicKeyUrl: now.publicKeyUrl, clientFunction: now.clientFunction, expectedAudience: "chat", owner: "Them" };
      await admin.change(address, body);
      await save(page);
      await expect(page.getByText(/their changes are kept: Owner, Expected audience/)).toBeVisible();
      expect(await admin.read(address)).toMatchObject({ name: "Web shop", expectedAudience: "chat", owner: "Them" });
      await quiet(page);
      await showDesk(page, "record-merged");

      await page.getByLabel("Owner").fill("Mine");
      await admin.change(address, { ...body, name: "Web shop", owner: "Theirs" });
      await save(page);
      const dialog = page.getByRole("alertdialog");
      await expect(dialog).toContainText("Somebody else changed this too");
      await showDesk(page, "record-conflict");
      await dialog.getByRole("radio", { name: "Yours" }).click();
      await dialog.getByRole("button", { name: "Save" }).click();
      await expect(dialog).toHaveCount(0);
      await expect.poll(async () => (await admin.read(address)).owner).toBe("Mine");
      await page.getByRole("link", { name: "Start", exact: true }).click();
      await expect(page).toHaveURL(/\/admin$/);
    });

    await test.step("odd rules are saved with a warning", async () => {
      const [address = ""] = forms[2] ?? [];
      await page.goto(`${server.url}${address}`);
      await page.getByRole("button", { name: "Add rule" }).click();
      await page.getByRole("group", { name: "Rule 2" }).getByLabel("Goes to queue").selectOption({ label: "General" });
      await save(page);
      const rule = page.getByRole("group", { name: "Rule 2" });
      await expect(rule.getByText(/takes every chat that this one would/)).toBeVisible();
      await quiet(page);
      await rule.scrollIntoViewIfNeeded();
      await showDesk(page, "rule-warning");
    });

    await test.step("the audit is searched by the server and told in words", async () => {
      await page.goto(`${server.url}/admin/audit`);
      await page.getByLabel("What").selectOption("Authentication setting changed");
      await page.getByRole("searchbox", { name: "Text" }).fill("audience");
      const row = page.getByRole("button", { name: /Authentication setting changed/ });
      await expect(row).toHaveCount(1);
      await row.click();
      await expect(page.getByText("Expected audience")).toBeVisible();
      await showDesk(page, "audit");
      await page.getByRole("button", { name: "History" }).first().click();
      await expect(page.getByText(/^History of/)).toBeVisible();
      await expect(page.getByRole("button", { name: /Authentication setting recorded/ })).toBeVisible();
    });

    await test.step("lists and the start page", async () => {
      await page.goto(`${server.url}/admin`);
      await expect(page.getByText("Paste its script tag")).toBeVisible();
      await showDesk(page, "start");
      await page.goto(`${server.url}/admin/authentication-settings`);
      await expect(page.getByRole("table")).toBeVisible();
      await showDesk(page, "settings");
    });
    await desk.close();
  } finally {
    await server.close();
  }
});

test("whoever is signed out reads on no longer, and people change their own password", async ({ browser }) => {
  const { server, admin } = await Server.fresh();
  try {
    const { id } = await admin.create("/admin/operators", { ...other, role: "agent" });
    const desk = await Desk.signIn(browser, server.url, other);
    const { page } = desk;
    const next = "another horse battery";
    await page.goto(`${server.url}/agent/password`);
    await page.getByLabel("Password now").fill("wrong horse battery");
    await page.getByLabel("New password").fill(next);
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("This is not your password now.")).toBeVisible();
    await showDesk(page, "own-password");
    await page.getByLabel("Password now").fill(other.password);
    const again = page.waitForEvent("websocket");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("Password changed").first()).toBeVisible();
    await expect(page).toHaveURL(/\/agent$/);
    // The old session is over, and its end is nobody's here: the socket opens with the new one.
    await again;
    await expect(page.getByRole("alertdialog")).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole("button", { name: `Signed in as ${other.name}` })).toBeVisible();
    await expect(page).toHaveURL(/\/agent$/);

    await page.goto(`${server.url}/agent/canned-replies/new`);
    await page.getByLabel("Name", { exact: true }).fill("hello");
    await page.getByLabel("Text", { exact: true }).fill("Hello from Bo");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("link", { name: "hello" }).click();
    await page.getByRole("button", { name: "Delete" }).click();
    const open = page.getByText("Delete the canned reply");
    await expect(open).toBeVisible();
    const heading = page.locator("h1");
    await expect(heading).toBeVisible();
    await admin.change(`/admin/operators/${id}`, { name: other.name, role: "agent", disabled: true });
    const dialog = page.getByRole("alertdialog");
    await expect(dialog).toContainText("Sign in again");
    await expect(heading).toBeHidden();
    // A dialog that was open stands beside the page; it is hidden too, and on paper as well.
    await expect(open).toBeHidden();
    await page.emulateMedia({ media: "print" });
    await expect(open).toBeHidden();
    await expect(heading).toBeHidden();
    await page.emulateMedia({ media: "screen" });
    await showDesk(page, "session-over");

    await admin.change(`/admin/operators/${id}`, { name: other.name, role: "agent", disabled: false });
    await dialog.getByLabel("Password").fill(next);
    await dialog.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alertdialog")).toHaveCount(0);
    await expect(open).toBeVisible();
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(heading).toBeVisible();
    await desk.close();
  } finally {
    await server.close();
  }
});
