// Whose a conversation is, on the screen: one that was lost while it was open locks what is written and keeps it; signing out
// with active ones asks first; whether the visitor is there.
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { presenceText } from "../../src/agent/summary/PresenceMark";
import type { AgentConversation, AgentEvent, ConversationSummary } from "../../src/api/types";
import { ada, ok, problem, script, visit } from "../scripted";
import { conversation, summaryOf } from "./conversations";

const me = { id: ada.id, name: ada.name };
const mine = conversation("con_1", { state: "active", agent: me });

const summary = (part: Partial<ConversationSummary>) => summaryOf({ agent: me, ...part });

/** The socket of the console, which tells what the test says. */
class ToldSocket extends EventTarget {
  static readonly OPEN = 1;
  static last: ToldSocket | undefined;
  readonly readyState = 1;
  constructor() {
    super();
    ToldSocket.last = this;
  }
  send() {}
  close() {}
  tell(event: AgentEvent) {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(event) }));
  }
}

/** A server with one conversation, which the test may change. */
function serve(now: { summary: () => ReturnType<typeof ok>; mine: AgentConversation[] }) {
  return script({
    "GET /agent/conversations": ({ search }) => ok({ items: search.get("state") === "active" ? now.mine : [], next: null }),
    "GET /agent/conversations/con_1/summary": () => now.summary(),
    "GET /agent/conversations/con_1/messages": () => ok({ items: [], more: false }),
    "GET /agent/conversations/con_1/notes": () => ok({ items: [], more: false }),
    "GET /agent/conversations/con_1/events": () => ok({ items: [], more: false }),
    "DELETE /operator/session": () => ({ status: 204 }),
  });
}

beforeEach(() => {
  sessionStorage.clear();
  vi.stubGlobal("WebSocket", ToldSocket);
});

describe("a conversation that was lost while it was open", () => {
  it("says so, locks the message and keeps it", async () => {
    const now = { summary: () => ok(summary({})), mine: [mine] };
    serve(now);
    visit("/agent/con_1");
    const box = await screen.findByRole("textbox", { name: "Message" });
    await userEvent.type(box, "half a sen");
    now.summary = () => ok(summary({ state: "waiting", agent: null }));
    now.mine = [];
    ToldSocket.last?.tell({ type: "conversation", conversation: { ...mine, state: "waiting", agent: null, handedBack: true } });
    expect(await screen.findByText("You do not have this conversation any more")).toBeInTheDocument();
    expect(screen.getByRole("textbox", { name: "Message" })).toHaveValue("half a sen");
    expect(screen.getByRole("textbox", { name: "Message" })).toHaveAttribute("readonly");
    await userEvent.type(screen.getByRole("textbox", { name: "Message" }), "{Enter}");
    expect(screen.getByRole("textbox", { name: "Message" })).toHaveValue("half a sen");
  });

  it("shows what was written also when it is not theirs to see", async () => {
    const now = { summary: () => ok(summary({})), mine: [mine] };
    serve(now);
    visit("/agent/con_1");
    await userEvent.type(await screen.findByRole("textbox", { name: "Message" }), "half a sen");
    now.summary = () => problem(404, "not-found", "No such conversation.");
    now.mine = [];
    ToldSocket.last?.tell({ type: "gone", conversation: "con_1" });
    expect(await screen.findByText("You do not have this conversation any more")).toBeInTheDocument();
    expect(screen.getByText("half a sen")).toBeInTheDocument();
  });
});

describe("signing out", () => {
  it("asks first where somebody still chats", async () => {
    const asked = serve({ summary: () => ok(summary({})), mine: [mine] });
    visit("/agent");
    const left = () => asked.some(({ method }) => method === "DELETE");
    await userEvent.click(await screen.findByRole("button", { name: /^Signed in as/ }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Sign out" }));
    const dialog = (await screen.findByText("You still have an active conversation")).closest<HTMLElement>("[role=alertdialog]");
    expect(left()).toBe(false);
    // By text: the test browser leaves the dialog hidden from roles when the menu before it closes late.
    await userEvent.click(within(dialog ?? document.body).getByText("Sign out"));
    await vi.waitFor(() => expect(left()).toBe(true));
  });
});

describe("presence", () => {
  const since = "2026-11-22T20:00:00.000Z";
  it.each([
    ["here", 600, /^here$/],
    ["idle", 30, /^idle$/],
    ["idle", 420, /^idle for 7\D/],
    ["gone", 7300, /^gone for 2\D/],
  ] as const)("%s after %i s is %s", (state, seconds, text) => {
    expect(presenceText({ state, since }, Date.parse(since) + seconds * 1000)).toMatch(text);
  });
});
