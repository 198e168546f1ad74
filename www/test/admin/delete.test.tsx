// What is still in use cannot be deleted, and the question says what uses it.
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { AuthenticationSetting } from "../../src/api/types";
import { ok, problem, script, visit } from "../scripted";

const stored: AuthenticationSetting = {
  id: "set_1",
  name: "Shop",
  owner: "Ada",
  type: "oauth2-implicit",
  publicKeyUrl: "https://shop.example/keys",
  clientFunction: "auth.getAuthenticationToken",
  expectedIssuer: null,
  expectedAudience: null,
  leewaySeconds: 60,
  singleUse: false,
  usedBy: [{ id: "wgt_1", name: "Shop chat" }],
  createdAt: "2026-11-22T20:00:00.000Z",
  version: 1,
  updatedAt: "2026-11-22T20:00:00.000Z",
};

// Without layout, what keeps the focus inside a dialog cannot see that it is there, and hides it from the tree.
const anyhow = { hidden: true };

describe("a setting in use", () => {
  it("cannot be deleted, and says what uses it", async () => {
    const asked = script({ "GET /admin/authentication-settings/set_1": () => ok(stored) });
    visit("/admin/authentication-settings/set_1");
    await userEvent.click(await screen.findByRole("button", { name: "Delete" }));
    const dialog = await screen.findByRole("dialog", anyhow);
    expect(within(dialog).getByRole("link", { name: "Shop chat", ...anyhow })).toHaveAttribute("href", "/admin/chat-widgets/wgt_1");
    await userEvent.click(within(dialog).getByRole("button", { name: "Delete", ...anyhow }));
    expect(asked.some(({ method }) => method === "DELETE")).toBe(false);
  });
});

describe("a setting that nothing uses", () => {
  it("is deleted after a question; what the server refuses is said", async () => {
    let isRefused = true;
    script({
      "GET /admin/authentication-settings": () => ok({ items: [], next: null }),
      "GET /admin/authentication-settings/set_1": () => ok({ ...stored, usedBy: [] }),
      "DELETE /admin/authentication-settings/set_1": () =>
        isRefused ? problem(409, "conflict", "The chat widget “Late” uses it.") : { status: 204 },
    });
    const router = visit("/admin/authentication-settings/set_1");
    await userEvent.click(await screen.findByRole("button", { name: "Delete" }));
    const dialog = await screen.findByRole("dialog", anyhow);
    await userEvent.click(within(dialog).getByRole("button", { name: "Delete", ...anyhow }));
    expect(await within(dialog).findByText(/The chat widget “Late” uses it/)).toBeInTheDocument();
    isRefused = false;
    await userEvent.click(within(dialog).getByRole("button", { name: "Delete", ...anyhow }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/admin/authentication-settings"));
  });
});

describe("a setting that somebody else changed meanwhile", () => {
  it("is not deleted, is read anew, and goes with the second attempt", async () => {
    let now = { ...stored, usedBy: [] };
    const asked = script({
      "GET /admin/authentication-settings": () => ok({ items: [], next: null }),
      "GET /admin/authentication-settings/set_1": () => ok(now),
      "DELETE /admin/authentication-settings/set_1": ({ headers }) =>
        headers.get("if-match") === `"${now.version}"` ? { status: 204 } : problem(412, "record-changed", "Somebody else was first."),
    });
    const router = visit("/admin/authentication-settings/set_1");
    await userEvent.click(await screen.findByRole("button", { name: "Delete" }));
    const dialog = await screen.findByRole("dialog", anyhow);
    now = { ...now, name: "Web shop", version: 2 };
    await userEvent.click(within(dialog).getByRole("button", { name: "Delete", ...anyhow }));
    expect(await within(dialog).findByText(/Somebody else changed it/)).toBeInTheDocument();
    expect(await within(dialog).findByText("“Web shop”")).toBeInTheDocument();
    await userEvent.click(within(dialog).getByRole("button", { name: "Delete", ...anyhow }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/admin/authentication-settings"));
    expect(asked.filter(({ method }) => method === "DELETE")).toHaveLength(2);
  });
});
