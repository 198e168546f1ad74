// The notes that come with what an agent does: kept until they are there, shown where nothing can be done with them any more,
// and never sent or lost in silence.
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { ConversationSummary } from "../../src/api/types";
import { ada, ok, problem, script, visit } from "../scripted";
import { conversation, summaryOf } from "./conversations";
import { ToldSocket, useToldSocket } from "./toldSocket";

useToldSocket();

const me = { id: ada.id, name: ada.name };
const ben = { id: "opr_2", name: "Ben" };
const mine = conversation("con_1", { state: "active", agent: me });
const NOTE = "Note, only for colleagues";

type Script = Parameters<typeof script>[0];

/** A server with one conversation, which the test may change. */
function serve(first: Partial<ConversationSummary>, more: Script = {}) {
  const now = { summary: () => ok(summaryOf({ agent: me, ...first })) as ReturnType<typeof problem>, mine: [mine] };
  const empty = () => ok({ items: [], more: false });
  const asked = script({
    "GET /agent/conversations": ({ search }) => ok({ items: search.get("state") === "active" ? now.mine : [], next: null }),
    "GET /agent/conversations/con_1/summary": () => now.summary(),
    "GET /agent/conversations/con_1/messages": empty,
    "GET /agent/conversations/con_1/notes": empty,
    "GET /agent/conversations/con_1/events": empty,
    "GET /agent/conversations/con_1/colleagues": () => ok({ agents: [], queues: [{ id: "que_2", name: "Billing", here: 1 }] }),
    ...more,
  });
  return { now, asked };
}

/** What the tab keeps of con_1. */
const kept = (name: string) => sessionStorage.getItem(`bonafide:unfinished:${ada.id}:${name}:con_1`);
const keep = (name: string, text: string) => sessionStorage.setItem(`bonafide:unfinished:${ada.id}:${name}:con_1`, text);
const act = async (name: string) => userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name }));

describe("a note on its way", () => {
  const refusal = problem(409, "conflict", "It was closed meanwhile.");
  async function handOver() {
    let answer = (_: { status: number; body?: unknown }) => {};
    const { now } = serve({}, { "POST /agent/conversations/con_1/hand-over": () => new Promise((resolve) => (answer = resolve)) });
    visit("/agent/con_1");
    await userEvent.click(await screen.findByRole("button", { name: "Hand over" }));
    await userEvent.type(await screen.findByLabelText(NOTE), "He has the receipt.");
    await userEvent.selectOptions(screen.getByLabelText(/^To/), "queue que_2");
    await act("Hand over");
    return { now, answer: (it: { status: number; body?: unknown }) => answer(it) };
  }

  it("is kept until it is there, and is not called unsent meanwhile", async () => {
    const { now, answer } = await handOver();
    expect(kept("hand-over-note"), "after a reload").toBe("He has the receipt.");
    now.summary = () => problem(403, "forbidden", "It waits.");
    ToldSocket.last?.tell({ type: "gone", conversation: "con_1" });
    expect(await screen.findByText("You do not have this conversation any more")).toBeInTheDocument();
    expect(screen.queryByText("He has the receipt.")).toBeNull();
    answer({ status: 204 });
    await vi.waitFor(() => expect(kept("hand-over-note")).toBeNull());
    expect(screen.queryByText("He has the receipt.")).toBeNull();
  });

  it("is shown when it is refused after its dialog went", async () => {
    const { now, answer } = await handOver();
    now.summary = () => ok(summaryOf({ agent: ben, state: "closed" })) as ReturnType<typeof problem>;
    now.mine = [];
    ToldSocket.last?.tell({ type: "conversation", conversation: { ...mine, agent: ben, state: "closed" } });
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(screen.queryByText("He has the receipt.")).toBeNull();
    answer(refusal);
    expect(await screen.findByText("He has the receipt.", {}, { timeout: 2000 })).toBeInTheDocument();
  });

  it("leaves its dialog open until the answer, which is said there", async () => {
    const { answer } = await handOver();
    await act("Keep it");
    await userEvent.keyboard("{Escape}");
    answer(refusal);
    expect(await within(screen.getByRole("dialog")).findByText("Not handed over")).toBeInTheDocument();
    expect(kept("hand-over-note")).toBe("He has the receipt.");
  });
});

describe("what was written and cannot be used any more", () => {
  it("is shown with the chat where it is closed without them, the closing note too", async () => {
    keep("close-note", "A patient man.");
    serve({ state: "closed", agent: null });
    visit("/agent/con_1");
    expect(await screen.findByText("You had written, to close this:")).toBeInTheDocument();
    await userEvent.click(screen.getByText("Discard"));
    expect(screen.queryByText("A patient man.")).toBeNull();
    expect(kept("close-note")).toBeNull();
  });

  it("is not shown twice where the dialog is there that says why it ended", async () => {
    keep("close-note", "A patient man.");
    serve({ state: "closed", closing: { reasons: ["Solved"], required: false, reason: null } });
    visit("/agent/con_1");
    expect(await screen.findByRole("button", { name: "Add a reason" })).toBeInTheDocument();
    await userEvent.click(screen.getByRole("tab", { name: "Chat" }));
    expect(screen.queryByText("A patient man.")).toBeNull();
  });

  it("is shown of a note for colleagues where it may only be read", async () => {
    keep("note", JSON.stringify({ clientId: "c1", text: "Asked twice." }));
    serve({ agent: ben, isReadOnly: true });
    visit("/agent/con_1");
    expect(await screen.findByText("You had written, as a note for colleagues:")).toBeInTheDocument();
    expect(screen.getByText("Asked twice.")).toBeInTheDocument();
  });
});

describe("a closing reason that is gone meanwhile", () => {
  it("is said, and the note goes with the second try", async () => {
    const refused = { code: "not-found", name: "reason", message: "The work stream has no closing reasons. Leave the reason out." } as const;
    const closing = { reasons: ["Solved"], required: false, reason: null };
    const { now, asked } = serve({ closing }, {
      "POST /agent/conversations/con_1/close": ({ body }) => {
        if (!(body as { reason?: string }).reason) return ok({ ...mine, state: "closed" });
        now.summary = () => ok(summaryOf({ agent: me })) as ReturnType<typeof problem>;
        return problem(400, "invalid-request", "See `fields`.", [refused]);
      },
    });
    visit("/agent/con_1");
    await userEvent.click(await screen.findByRole("button", { name: "Close" }));
    await userEvent.selectOptions(await screen.findByLabelText(/^Reason/), "Solved");
    await userEvent.type(screen.getByLabelText(NOTE), "A patient man.");
    await act("Close conversation");
    expect(await screen.findByText("Not closed")).toBeInTheDocument();
    await vi.waitFor(() => expect(screen.queryByLabelText(/^Reason/)).toBeNull());
    expect(screen.getByText(/^The work stream has no closing reasons/)).toBeInTheDocument();
    expect(screen.getByLabelText(NOTE)).toHaveValue("A patient man.");
    await act("Close conversation");
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    const sent = asked.filter(({ path }) => path.endsWith("/close")).map(({ body }) => body);
    expect(sent).toEqual([{ reason: "Solved", note: "A patient man." }, { note: "A patient man." }]);
    expect(kept("close-note")).toBeNull();
  });
});
