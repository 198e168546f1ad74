// The audit: the server filters, and history is told in words.
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { AuditEntry } from "../../src/api/types";
import { actionText, detailsOf } from "../../src/admin/audit/auditText";
import { ok, script, visit } from "../scripted";

const entry: AuditEntry = {
  id: "aud_1",
  at: "2026-11-22T20:00:00.000Z",
  actor: { kind: "operator", id: "opr_1", name: "Ada" },
  action: "queue.updated",
  subject: "que_1a",
  subjectName: "Sales",
  requestId: "req_1",
  code: null,
  details: { "members.before": '["opr_1a","opr_2b"]', "members.after": "[]", "name.before": "Sales", "name.after": "Sales team" },
} as unknown as AuditEntry;

describe("an entry in words", () => {
  const nameOf = (id: string) => ({ opr_1a: "Bo", opr_2b: "Cy", que_1a: "VIP queue" })[id] ?? id;

  it("says what was and what is, without JSON and ids", () => {
    expect(detailsOf(entry, nameOf)).toEqual([
      { name: "Members", before: "Bo\nCy", after: "none" },
      { name: "Name", before: "Sales", after: "Sales team" },
    ]);
    const rules = JSON.stringify([
      { name: "VIP", when: { all: [{ authenticated: true }, { variable: "cart", operator: "atLeast", value: 5 }] }, queue: "que_1a", priority: 3 },
      { when: { any: [] }, queue: "que_9", priority: 0 },
    ]);
    const [detail] = detailsOf({ ...entry, details: { "rules.after": rules } }, nameOf);
    expect(detail?.after).toBe("1. VIP: authenticated and cart is at least 5 → VIP queue, priority 3\n2. every chat → que_9, priority 0");
    const cut = detailsOf({ ...entry, details: { "workStream.after": '{"id":"wst_1","name":"Web"}', "rules.before": '[{"wh…' } }, nameOf);
    expect(cut.map(({ after, before }) => after ?? before)).toEqual(["Web", '[{"wh…']);
  });

  it("names every action", () => {
    expect(actionText("keys.private-key-shown")).toBe("A private key is published");
    expect(actionText("something.new-here")).toBe("Something new here");
  });
});

describe("the audit's page", () => {
  it("has the server look for what is wanted, and for all that was done to one record", async () => {
    const empty = () => ok({ items: [], next: null });
    const asked = script({
      "GET /admin/audit": () => ok({ items: [entry], next: null }),
      "GET /admin/operators": empty,
      "GET /admin/queues": empty,
      "GET /admin/authentication-settings": empty,
      "GET /admin/chat-widgets": empty,
      "GET /admin/work-streams": empty,
    });
    visit("/admin/audit");
    const last = () => Object.fromEntries(asked.filter(({ path }) => path === "/admin/audit").at(-1)?.search ?? []);
    await userEvent.type(await screen.findByRole("searchbox", { name: "Text" }), "sales");
    await vi.waitFor(() => expect(last()).toMatchObject({ text: "sales" }));
    await userEvent.selectOptions(screen.getByLabelText("What"), "Queue changed");
    await vi.waitFor(() => expect(last()).toMatchObject({ text: "sales", action: "queue.updated" }));
    const list = await screen.findByRole("list", { name: "Audit" });
    await userEvent.click(within(list).getByRole("button", { name: /Queue changed/ }));
    await userEvent.click(within(list).getByRole("button", { name: "History" }));
    await vi.waitFor(() => expect(last()).toMatchObject({ subject: "que_1a" }));
    // Longer than the filter waits for whoever types.
    await new Promise((done) => setTimeout(done, 500));
    expect(last()).toEqual({ subject: "que_1a", limit: "100" });
    expect(screen.getByRole("searchbox", { name: "Text" })).toHaveValue("");
  });

  it("says that not all was searched, however much was", async () => {
    script({
      "GET /admin/audit": ({ search }) => ok({ items: search.has("text") ? [] : [entry], next: search.has("text") ? "more" : null }),
      "GET /admin/operators": () => ok({ items: [], next: null }),
    });
    visit("/admin/audit");
    await userEvent.type(await screen.findByRole("searchbox", { name: "Text" }), "sales");
    const sentence = "The entries so far were searched, older ones not yet.";
    expect(await screen.findByText(sentence)).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Search older entries" }));
    expect(await screen.findByText(sentence)).toBeInTheDocument();
  });
});
