// A token's secret is shown once, where it is made, and never in the list.
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { ApiToken, FieldError } from "../../src/api/types";
import { ada, ok, problem, script, visit } from "../scripted";

const report: ApiToken = { id: "tok_1", name: "Report", operator: ada.id, createdAt: "2026-11-22T20:00:00.000Z" };
const people = { "GET /admin/operators": () => ok({ items: [{ ...ada, disabled: false, createdAt: report.createdAt }], next: null }) };

describe("a new API token", () => {
  it("shows its secret once it is made", async () => {
    const asked = script({
      ...people,
      "GET /admin/api-tokens": () => ok({ items: [report], next: null }),
      "POST /admin/api-tokens": () => ({ status: 201, body: { id: "tok_1", name: "Report", secret: "bft_secret" } }),
    });
    visit("/admin/api-tokens/new");
    await userEvent.type(await screen.findByRole("textbox", { name: "Name" }), " Report ");
    await userEvent.click(screen.getByRole("button", { name: "Make the token" }));
    expect(await screen.findByText("Authorization: Bearer bft_secret")).toBeInTheDocument();
    expect(asked.find(({ method }) => method === "POST")?.body).toEqual({ name: "Report" });

    await userEvent.click(screen.getByRole("link", { name: "Done" }));
    const row = (await screen.findByText("Report")).closest("tr") ?? document.body;
    expect(await within(row).findByText("Ada")).toBeInTheDocument();
    expect(document.body).not.toHaveTextContent("bft_secret");
  });

  it("says at the field what the server refuses", async () => {
    const fields: FieldError[] = [{ name: "name", code: "too-long", message: "At most 100 characters." }];
    script({ "POST /admin/api-tokens": () => problem(422, "invalid-request", "The name is too long.", fields) });
    visit("/admin/api-tokens/new");
    await userEvent.type(await screen.findByRole("textbox", { name: "Name" }), "x");
    await userEvent.click(screen.getByRole("button", { name: "Make the token" }));
    expect(await screen.findByText("At most 100 characters.")).toBeInTheDocument();
  });
});

describe("the list of API tokens", () => {
  it("revokes one after a question", async () => {
    const kept = [report];
    const asked = script({
      ...people,
      "GET /admin/api-tokens": () => ok({ items: kept, next: null }),
      "DELETE /admin/api-tokens/tok_1": () => {
        kept.pop();
        return { status: 204 };
      },
    });
    visit("/admin/api-tokens");
    await userEvent.click(await screen.findByRole("button", { name: "Delete Report" }));
    const dialog = await screen.findByRole("dialog", { hidden: true });
    await userEvent.click(within(dialog).getByRole("button", { name: "Delete", hidden: true }));
    expect(await screen.findByText("No API tokens")).toBeInTheDocument();
    await vi.waitFor(() => expect(asked.some(({ method }) => method === "DELETE")).toBe(true));
  });
});
