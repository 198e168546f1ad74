// What is on its way survives: a failure, a reload, a copy of the tab; and is said once.
import { QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Outbox, outboxOf, resumeOutboxes } from "../../src/agent/chat/Outbox";
import { forgetUnfinished, keepUnfinished, readUnfinished } from "../../src/session/unfinished";
import { ok, problem, type Request, script } from "../scripted";

const path = "POST /agent/conversations/con_1/messages";
const stored = ({ body }: Request) => ok({ ...(body as object), id: "msg_1", seq: 1, from: "agent", name: "Ada", sentAt: "2026-11-22T20:00:00.000Z" });
const refused = () => problem(503, "unavailable", "Not now.");
const clientIds = (asked: Request[]) => asked.map(({ body }) => (body as { clientId: string }).clientId);

beforeEach(() => sessionStorage.clear());

describe("the outbox", () => {
  it("keeps what did not arrive over a reload, and sends it again with its id", async () => {
    const cache = new QueryClient();
    const first = script({ [path]: refused });
    const before = new Outbox(cache, "opr_1", "con_1");
    before.send("hello");
    await vi.waitFor(() => expect(before.pending[0]?.failure).toBe("Not now."));

    const second = script({ [path]: stored });
    const after = new Outbox(new QueryClient(), "opr_1", "con_1");
    expect(after.pending).toEqual(before.pending);
    expect(second).toEqual([]);
    after.retry(after.pending[0]?.clientId ?? "");
    await vi.waitFor(() => expect(after.pending).toEqual([]));
    expect(clientIds(second)).toEqual(clientIds(first));
    expect(new Outbox(cache, "opr_1", "con_1").pending).toEqual([]);
  });

  it("asks again after a reload that came before the answer, in the order of writing", async () => {
    const unanswered = script({ [path]: () => new Promise(() => {}) });
    const before = new Outbox(new QueryClient(), "opr_1", "con_1");
    before.send("one");
    before.send("two");
    await vi.waitFor(() => expect(unanswered).toHaveLength(1));

    const asked = script({ [path]: stored });
    const after = new Outbox(new QueryClient(), "opr_1", "con_1");
    await vi.waitFor(() => expect(after.pending).toEqual([]));
    expect(asked.map(({ body }) => (body as { text: string }).text)).toEqual(["one", "two"]);
    expect(clientIds(asked)).toEqual(before.pending.map(({ clientId }) => clientId));
  });

  it("goes on after a reload also where its conversation is not looked at", async () => {
    const unanswered = script({ [path]: () => new Promise(() => {}) });
    new Outbox(new QueryClient(), "opr_1", "con_1").send("on its way");
    await vi.waitFor(() => expect(unanswered).toHaveLength(1));
    keepUnfinished("opr_1", "draft:con_2", "half a sen");
    const asked = script({ [path]: stored });
    resumeOutboxes(new QueryClient(), "opr_1");
    await vi.waitFor(() => expect(readUnfinished("opr_1", "outbox:con_1")).toBeNull());
    expect(asked.map(({ path }) => path)).toEqual(["/agent/conversations/con_1/messages"]);
  });

  it("writes and sends nothing once its operator has left, and begins anew when they come back", async () => {
    const cache = new QueryClient();
    let answer = (_: ReturnType<typeof problem>) => {};
    const asked = script({ [path]: () => new Promise((resolve) => (answer = resolve)) });
    const outbox = outboxOf(cache, "opr_1", "con_1");
    outbox.send("private");
    outbox.send("also private");
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    forgetUnfinished("opr_2");
    answer(problem(401, "session-expired", "Sign in."));
    await new Promise((later) => setTimeout(later, 20));
    expect(sessionStorage).toHaveLength(0);
    expect(asked).toHaveLength(1);
    const again = outboxOf(cache, "opr_1", "con_1");
    expect(again).not.toBe(outbox);
    expect(again.pending).toEqual([]);
  });

  it("is one for a conversation in a page, and another for each operator", () => {
    const cache = new QueryClient();
    expect(outboxOf(cache, "opr_1", "con_1")).toBe(outboxOf(cache, "opr_1", "con_1"));
    expect(outboxOf(cache, "opr_1", "con_1")).not.toBe(outboxOf(cache, "opr_2", "con_1"));
  });

  it("takes nothing from storage that it did not write", () => {
    keepUnfinished("opr_1", "outbox:con_1", `[{"clientId":1},null,"x"]`);
    expect(new Outbox(new QueryClient(), "opr_1", "con_1").pending).toEqual([]);
    keepUnfinished("opr_1", "outbox:con_1", "{");
    expect(new Outbox(new QueryClient(), "opr_1", "con_1").pending).toEqual([]);
  });
});

describe("unfinished work", () => {
  it("is gone at sign-out, and for whoever signs in next", () => {
    keepUnfinished("opr_1", "draft:con_1", "mine");
    keepUnfinished("opr_2", "draft:con_1", "yours");
    sessionStorage.setItem("other", "stays");
    forgetUnfinished("opr_2");
    expect(readUnfinished("opr_1", "draft:con_1")).toBeNull();
    expect(readUnfinished("opr_2", "draft:con_1")).toBe("yours");
    forgetUnfinished();
    expect(readUnfinished("opr_2", "draft:con_1")).toBeNull();
    expect(sessionStorage.getItem("other")).toBe("stays");
  });

  it("lasts as long as the page where storage is forbidden", () => {
    vi.stubGlobal("sessionStorage", {
      getItem: () => null,
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    });
    keepUnfinished("opr_1", "draft:con_1", "text");
    expect(readUnfinished("opr_1", "draft:con_1")).toBe("text");
    forgetUnfinished();
    expect(readUnfinished("opr_1", "draft:con_1")).toBeNull();
  });
});
