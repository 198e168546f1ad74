// The list of a person's other conversations: what opens and what does not, page by page, and when it is read again.
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { AgentConversation, AgentEvent, SamePersonConversation } from "../../src/api/types";
import { ada, ok, problem, script, visit } from "../scripted";
import { conversation, summaryOf } from "./conversations";
import { ToldSocket, useToldSocket } from "./toldSocket";

const me = { id: ada.id, name: ada.name };
const running = conversation("con_1", { state: "active", agent: me, authenticated: "yes", identity: "current" });

const other = (id: string, part: Partial<SamePersonConversation> = {}): SamePersonConversation => ({
  id,
  state: "closed",
  queue: { id: "que_1", name: "General" },
  agent: { id: "opr_2", name: "Ben" },
  startedAt: "2026-11-20T20:00:00.000Z",
  closedAt: "2026-11-20T21:00:00.000Z",
  closingReason: null,
  pageUrl: "https://shop.example.com/cart",
  isReadable: true,
  ...part,
});

const proof = {
  setting: { id: "set_1", name: "Shop" },
  issuer: "shop.example.com",
  subject: "87b4d06c",
  keyId: null,
  keyFingerprint: "5485c6ac",
  verifiedAt: "2026-11-22T20:00:00.000Z",
  expiresAt: "2026-11-22T20:15:00.000Z",
  state: "current",
} as const;

/** A server with one running conversation of a verified person; what it lists beside it the test may change. */
function serve(list: { first: SamePersonConversation[]; more?: SamePersonConversation[] }, authenticated: "yes" | "no" = "yes") {
  const summary = summaryOf({ agent: me, ...(authenticated === "yes" && { authenticated, authentication: proof }) });
  const empty = () => ok({ items: [], more: false });
  return script({
    "GET /agent/conversations": ({ search }) => ok({ items: search.get("state") === "active" ? [running] : [], next: null }),
    "GET /agent/conversations/con_1/summary": () => ok(summary),
    "GET /agent/conversations/con_1/messages": empty,
    "GET /agent/conversations/con_1/notes": empty,
    "GET /agent/conversations/con_1/events": empty,
    "GET /agent/conversations/con_1/same-person": ({ search }) =>
      search.has("cursor") ? ok({ items: list.more, next: null }) : ok({ items: list.first, next: list.more ? "further" : null }),
  });
}

useToldSocket();

/** A narrow window shows the chat of one's own conversation; the summary stands behind its tab. */
async function open(address: string) {
  visit(address);
  await userEvent.click(await screen.findByRole("tab", { name: "Summary" }));
}

const region = (name: string) => screen.findByRole("region", { name });

it("says that there is none", async () => {
  serve({ first: [] });
  await open("/agent/con_1");
  expect(await within(await region("Earlier conversations")).findByText("None before this one")).toBeInTheDocument();
});

it("is not there beside an anonymous visitor's", async () => {
  const asked = serve({ first: [other("con_2")] }, "no");
  await open("/agent/con_1");
  await region("Authentication");
  expect(screen.queryByRole("region", { name: "Earlier conversations" })).toBeNull();
  expect(asked.some(({ path }) => path.endsWith("/same-person"))).toBe(false);
});

it("opens what may be read, and says of the rest that it exists", async () => {
  const elsewhere = other("con_3", { state: "active", closedAt: null, isReadable: false, pageUrl: "https://blog.example.com/post" });
  const unanswered = other("con_4", { agent: null, closingReason: null });
  const hidden = other("con_5", { isReadable: false, pageUrl: null, queue: { id: "que_2", name: "VIP" }, closingReason: "Solved" });
  serve({ first: [elsewhere, other("con_2"), unanswered, hidden] });
  await open("/agent/con_1?tab=mine");
  const earlier = within(await region("Earlier conversations"));
  const items = await earlier.findAllByRole("listitem");
  expect(items.map((item) => item.textContent?.replace(/^.*\d:\d\d(.[AP]M)?/, ""))).toEqual([
    "Generalwas with Ben",
    "Generalended unanswered",
    "VIPwas with BenSolvednot yours to read",
  ]);
  // The inbox stays as it is.
  const links = earlier.getAllByRole("link").map((link) => link.getAttribute("href"));
  expect(links).toEqual(["/agent/con_2?tab=mine", "/agent/con_4?tab=mine"]);
  const running = within(await region("Other open chats of this person"));
  expect(running.getByRole("listitem")).toHaveTextContent(/Generalactive with Benon blog.example.comnot yours to read$/);
  expect(running.queryByRole("link")).toBeNull();
});

it("shows more, and leaves the keyboard where it goes on", async () => {
  serve({ first: [other("con_2"), other("con_3")], more: [other("con_4")] });
  await open("/agent/con_1");
  const earlier = within(await region("Earlier conversations"));
  await userEvent.click(await earlier.findByRole("button", { name: "Show more" }));
  await vi.waitFor(() => expect(earlier.getAllByRole("listitem")).toHaveLength(3));
  expect(earlier.queryByRole("button", { name: "Show more" })).toBeNull();
  await vi.waitFor(() => expect(earlier.getAllByRole("link")[2]).toHaveFocus());
});

it("is read again when one begins, ends or is gone, and for nothing else", async () => {
  const list = { first: [] as SamePersonConversation[] };
  const asked = serve(list);
  await open("/agent/con_1");
  const earlier = within(await region("Earlier conversations"));
  await earlier.findByText("None before this one");
  const times = () => asked.filter(({ path }) => path.endsWith("/same-person")).length;
  /** Of these events only the last has it read. */
  const told = async (...events: AgentEvent[]) => {
    const before = times();
    for (const event of events) ToldSocket.last?.tell(event);
    await vi.waitFor(() => expect(times()).toBe(before + 1));
  };
  const change = (changed: AgentConversation): AgentEvent => ({ type: "conversation", conversation: changed });
  const later = conversation("con_9", { authenticated: "yes", identity: "current" });

  list.first = [other("con_9", { state: "waiting", agent: null, closedAt: null })];
  await told(change({ ...running, lastText: "Hello" }), change(conversation("con_8")), change(later));
  expect(await screen.findByRole("region", { name: "Other open chats of this person" })).toHaveTextContent("waiting");
  list.first = [other("con_9", { agent: null })];
  await told(change({ ...later, lastText: "Hello?" }), { type: "gone", conversation: "con_9", agent: null });
  expect(await earlier.findByRole("listitem")).toHaveTextContent("ended unanswered");
  expect(times(), "with its first").toBe(3);
});

it("is not read again for what is in no list of the console and moves no more, nor for what it does not hold", async () => {
  const asked = serve({ first: [other("con_2")] });
  await open("/agent/con_1");
  await within(await region("Earlier conversations")).findByRole("listitem");
  const times = () => asked.filter(({ path }) => path.endsWith("/same-person")).length;
  // As a supervisor is told of what others have.
  const ben = { id: "opr_2", name: "Ben" };
  const others = conversation("con_8", { state: "active", agent: ben, authenticated: "yes", identity: "current" });
  const tell = (changed: AgentConversation) => ToldSocket.last?.tell({ type: "conversation", conversation: changed });
  /** Long enough for what an event has read. */
  const later = () => new Promise((then) => setTimeout(then, 50));
  tell(others);
  await vi.waitFor(() => expect(times()).toBe(2));
  await later();
  for (const lastText of ["Hello", "Hello?", "Anybody?"]) tell({ ...others, lastText });
  ToldSocket.last?.tell({ type: "gone", conversation: "con_7" });
  await later();
  expect(times()).toBe(2);
  tell({ ...others, agent: me });
  await vi.waitFor(() => expect(times()).toBe(3));
  await later();
  ToldSocket.last?.tell({ type: "gone", conversation: "con_2" });
  await vi.waitFor(() => expect(times()).toBe(4));
  await later();
  ToldSocket.last?.tell({ type: "gone", conversation: "con_1" });
  await vi.waitFor(() => expect(times()).toBe(5));
});

it("goes on with the page that could not be read", async () => {
  const asked = serve({ first: [other("con_2")], more: [other("con_3")] });
  const { fetch } = globalThis;
  let failures = 0;
  const body = JSON.stringify(problem(400, "invalid-request", "That page is gone.").body);
  vi.stubGlobal("fetch", (input: Request) => {
    if (!input.url.includes("cursor=further") || failures > 0) return fetch(input);
    failures += 1;
    return Promise.resolve(new Response(body, { status: 400, headers: { "content-type": "application/problem+json" } }));
  });
  await open("/agent/con_1");
  const earlier = within(await region("Earlier conversations"));
  await userEvent.click(await earlier.findByRole("button", { name: "Show more" }));
  await userEvent.click(await earlier.findByRole("button", { name: "Try again" }));
  await vi.waitFor(() => expect(earlier.getAllByRole("listitem")).toHaveLength(2));
  expect(asked.filter(({ path }) => path.endsWith("/same-person")).map(({ search }) => search.get("cursor"))).toEqual([null, "further"]);
});

it("can be read again where it could not be", async () => {
  const asked = serve({ first: [] });
  const answers = [1, 2, 3].map(() => problem(503, "unavailable", "The database is busy."));
  const { fetch } = globalThis;
  vi.stubGlobal("fetch", (input: Request) => {
    const failing = input.url.includes("/same-person") ? answers.shift() : undefined;
    if (!failing) return fetch(input);
    return Promise.resolve(new Response(JSON.stringify(failing.body), { status: 503, headers: { "content-type": "application/problem+json" } }));
  });
  await open("/agent/con_1");
  const earlier = within(await region("Earlier conversations"));
  // It is tried again by itself, and then by the agent.
  await userEvent.click(await earlier.findByRole("button", { name: "Try again" }, { timeout: 15_000 }));
  await earlier.findByText("None before this one", {}, { timeout: 15_000 });
  expect(earlier.queryByText("They could not be read")).toBeNull();
  expect(asked.filter(({ path }) => path.endsWith("/same-person"))).toHaveLength(1);
}, 20_000);
