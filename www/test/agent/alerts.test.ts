// Alerts: what is new, what is said of it, and what the person chose.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Look, newsBetween } from "../../src/agent/alerts/news";
import { noticesFor, permission, showNotice } from "../../src/agent/alerts/raise";
import { alertSettings, changeAlerts, queuesSeen } from "../../src/agent/alerts/settings";
import { keepTold, untold } from "../../src/agent/alerts/told";
import type { AgentConversation } from "../../src/api/types";
import { conversation } from "./conversations";

const look = (waiting: AgentConversation[], mine: AgentConversation[] = [], isWhole = true, offered: AgentConversation[] = []): Look => ({ waiting: { items: waiting, isWhole }, mine, offered });
const idsOf = (list: AgentConversation[]) => list.map(({ id }) => id);
const at = (minute: number) => ({ startedAt: `2026-11-22T20:${minute}:00.000Z` });
const none = { waiting: [], given: [], written: [], offered: [] };

beforeEach(() => localStorage.clear());

describe("what is new", () => {
  it("is who began to wait, and nobody twice", () => {
    const [a, b] = [conversation("a", at(10)), conversation("b", at(20))];
    expect(idsOf(newsBetween(look([a]), look([a, b])).waiting)).toEqual(["b"]);
    expect(newsBetween(look([a, b]), look([b]))).toEqual(none);
    expect(newsBetween(look([a]), look([], [{ ...a, state: "active" }]))).toEqual(none);
    // One's own that one gave back oneself.
    expect(newsBetween(look([], [{ ...a, state: "active" }]), look([a]))).toEqual(none);
  });

  it("is not what another page of the list brought into sight", () => {
    const before = look([conversation("a", at(10)), conversation("b", at(20))], [], false);
    const urgent = conversation("u", { ...at(50), priority: 5 });
    const after = look([urgent, ...before.waiting.items, conversation("c", at(30))]);
    expect(idsOf(newsBetween(before, after).waiting)).toEqual(["u"]);
  });

  it("is what was given to somebody, and not what they took themselves", () => {
    const [a, b] = [conversation("a"), conversation("b")];
    const mine = { ...a, state: "active" as const };
    const given = newsBetween(look([a]), look([], [{ ...mine, pushed: true }]));
    expect([idsOf(given.given), given.waiting, given.written]).toEqual([["a"], [], []]);
    expect(newsBetween(look([], [{ ...mine, pushed: true }]), look([], [{ ...mine, pushed: true }]))).toEqual(none);
    expect(newsBetween(look([b]), look([b], [mine]))).toEqual(none);
  });

  it("is what a visitor wrote in an own chat, not what one wrote or read oneself", () => {
    const before = conversation("m", { state: "active", lastSeq: 3, readByAgent: 3 });
    const after = (part: Partial<AgentConversation>) => newsBetween(look([], [before]), look([], [{ ...before, ...part }]));
    expect(idsOf(after({ lastSeq: 4 }).written)).toEqual(["m"]);
    expect(after({ lastSeq: 4, readByAgent: 4 })).toEqual(none);
    expect(after({ readByVisitor: 3 })).toEqual(none);
    expect(newsBetween(look([]), look([], [{ ...before, lastSeq: 4 }]))).toEqual(none);
  });
});

describe("a notification", () => {
  const settings = { hasSound: true, hasDesktop: true, showsText: false, queues: {} };
  const bert = conversation("a", { visitor: "Bert Hair", lastText: "my card number is" });

  it("names the visitor and the queue, and what was written only where that is wanted", () => {
    const news = { waiting: [bert], given: [], written: [{ ...bert, id: "m" }], offered: [] };
    expect(JSON.stringify(noticesFor(news, settings))).not.toContain("card");
    expect(noticesFor(news, settings)).toMatchObject([
      { title: "New chat: Bert Hair", body: "General", conversation: "a" },
      { title: "Bert Hair", body: "New message · General", conversation: "m" },
    ]);
    expect(noticesFor(news, { ...settings, showsText: true })).toMatchObject([
      { body: "General: my card number is" },
      { body: "my card number is" },
    ]);
  });

  it("says of a chat that was given to the person that it is theirs", () => {
    const notices = noticesFor({ waiting: [], given: [bert], written: [], offered: [] }, settings);
    expect(notices).toEqual([{ title: "Chat given to you: Bert Hair", body: "General", tag: "bonafide:a", conversation: "a" }]);
  });

  it("is one for many who come at once", () => {
    const notices = noticesFor({ waiting: [bert, conversation("b")], given: [], written: [], offered: [] }, settings);
    expect(notices).toMatchObject([{ title: "2 new chats", body: "General" }]);
  });

  it("says nothing of a queue that is off", () => {
    const queues = { que_1: { name: "General", isOn: false } };
    expect(noticesFor({ waiting: [bert], given: [], written: [bert], offered: [] }, { ...settings, queues })).toEqual([]);
  });

  it("is not shown without permission, nor where the browser refuses to", () => {
    const notice = { title: "", body: "", tag: "" };
    vi.stubGlobal("isSecureContext", true);
    vi.stubGlobal("Notification", undefined);
    expect(permission()).toBe("unsupported");
    const made = vi.fn();
    class Refusing {
      static permission = "denied";
      constructor() {
        made();
        throw new TypeError("Illegal constructor");
      }
    }
    vi.stubGlobal("Notification", Refusing);
    expect(showNotice(notice, () => {})).toBe(false);
    expect(made).not.toHaveBeenCalled();
    Refusing.permission = "granted";
    expect(showNotice(notice, () => {})).toBe(false);
    expect(made).toHaveBeenCalled();
  });
});

describe("what was given while no page was there", () => {
  const first = conversation("a", { acceptedAt: "2026-11-22T20:00:00.000Z", readByAgent: 7 });

  it("is told once, also where somebody has read it, and once more when it is given once more", () => {
    keepTold("opr_1", []);
    expect(idsOf(untold("opr_1", [first]))).toEqual(["a"]);
    keepTold("opr_1", [first]);
    expect(idsOf(untold("opr_1", [first, conversation("b", { readByAgent: 7 })]))).toEqual(["b"]);
    expect(idsOf(untold("opr_1", [{ ...first, acceptedAt: "2026-11-22T21:00:00.000Z" }]))).toEqual(["a"]);
    keepTold("opr_1", Array.from({ length: 600 }, (_, number) => conversation(`c${number}`)));
    expect(localStorage.getItem("bonafide:told:opr_1")?.length).toBeLessThan(20_000);
  });

  it("is told in a browser that knows of nothing yet where nobody has answered, and nothing old later", () => {
    const fresh = conversation("b");
    expect(idsOf(untold("opr_1", [first, fresh]))).toEqual(["b"]);
    keepTold("opr_1", [first, fresh]);
    expect(untold("opr_1", [first, fresh])).toEqual([]);
    expect(idsOf(untold("opr_2", [first, fresh]))).toEqual(["b"]);
    localStorage.setItem("bonafide:told:opr_1", "{");
    expect(idsOf(untold("opr_1", [first, fresh]))).toEqual(["b"]);
  });

  it("is remembered in the browser again once there is room", () => {
    keepTold("opr_1", []);
    const full = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("Full", "QuotaExceededError");
    });
    keepTold("opr_1", [first]);
    changeAlerts("opr_1", { hasSound: true });
    expect([untold("opr_1", [first]), alertSettings("opr_1").hasSound]).toEqual([[], true]);
    full.mockRestore();
    keepTold("opr_1", [conversation("b")]);
    changeAlerts("opr_1", { showsText: true });
    // As another tab writes it.
    localStorage.setItem("bonafide:told:opr_1", "[]");
    localStorage.setItem("bonafide:alerts:opr_1", "{}");
    expect(idsOf(untold("opr_1", [first]))).toEqual(["a"]);
    expect(alertSettings("opr_1")).toMatchObject({ hasSound: false, showsText: false });
  });
});

describe("the choices", () => {
  it("are off at first, each operator's own, and remembered", () => {
    expect(alertSettings("opr_1")).toMatchObject({ hasSound: false, hasDesktop: false, showsText: false });
    changeAlerts("opr_1", { hasSound: true });
    expect(alertSettings("opr_1").hasSound).toBe(true);
    expect(alertSettings("opr_1")).toBe(alertSettings("opr_1"));
    expect(alertSettings("opr_2").hasSound).toBe(false);
    localStorage.setItem("bonafide:alerts:opr_1", "{");
    expect(alertSettings("opr_1").hasSound).toBe(false);
  });

  it("keep a queue off when it is renamed", () => {
    queuesSeen("opr_1", [{ id: "q", name: "Old" }]);
    changeAlerts("opr_1", { queues: { q: { name: "Old", isOn: false } } });
    queuesSeen("opr_1", [{ id: "q", name: "New" }]);
    expect(alertSettings("opr_1").queues).toEqual({ q: { name: "New", isOn: false } });
  });
});
