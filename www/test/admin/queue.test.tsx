// A queue: how long its agents may be away, beside its name and who serves it.
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { Queue } from "../../src/api/types";
import { ok, problem, script, visit } from "../scripted";

const stored: Queue = {
  id: "que_1",
  name: "General",
  members: null,
  absenceSeconds: 300,
  assignment: "pick",
  usedBy: [],
  waiting: 0,
  createdAt: "2026-11-22T20:00:00.000Z",
  version: 1,
  updatedAt: "2026-11-22T20:00:00.000Z",
};

const absence = () => screen.findByLabelText("Absence in seconds");

describe("a queue", () => {
  it("says how long an agent may be away, and sends what was changed", async () => {
    const asked = script({
      "GET /admin/queues/que_1": () => ok(stored),
      "GET /admin/operators": () => ok({ items: [], next: null }),
      "PUT /admin/queues/que_1": () => ok({ ...stored, absenceSeconds: 45 }),
    });
    visit("/admin/queues/que_1");
    expect(await absence()).toHaveValue("300");
    await userEvent.clear(await absence());
    await userEvent.type(await absence(), "45");
    await userEvent.click(screen.getByLabelText("Push: chats are given to agents"));
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await absence()).toHaveValue("45");
    expect(asked.find(({ method }) => method === "PUT")?.body).toEqual({ name: "General", members: null, assignment: "push", absenceSeconds: 45 });
  });

  it("shows what is wrong with it, by itself and by the server's word", async () => {
    const asked = script({
      "GET /admin/operators": () => ok({ items: [], next: null }),
      "POST /admin/queues": () =>
        problem(422, "invalid-request", "A field is wrong.", [
          { name: "absenceSeconds", code: "invalid", message: "This must be from 30 to 86400 s." },
        ]),
    });
    visit("/admin/queues/new");
    expect(await absence()).toHaveValue("120");
    await userEvent.type(screen.getByLabelText("Name"), "Sales");
    await userEvent.clear(await absence());
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Enter whole seconds, 30 to 86400.")).toBeInTheDocument();
    expect(asked.some(({ method }) => method === "POST")).toBe(false);
    await userEvent.type(await absence(), "5");
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("This must be from 30 to 86400 s.")).toBeInTheDocument();
  });
});
