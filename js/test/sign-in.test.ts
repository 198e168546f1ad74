/** Signing in on another page of the site, and coming back to the chat: on every screen, and asking for a token once. */
import { beforeAll, expect, it, vi } from "vitest";
import { place, settled } from "./dom";

const KEY = "bonafide:wgt_1:sign-in";
const signedOut = { code: "token-not-provided", message: "No token.", requestId: null, retryable: true } as const;

/** A screen on which an open chat is not opened again by itself. */
const phone = () => vi.stubGlobal("matchMedia", (query: string) => ({ matches: query.includes("max-width") }));

// Its chunk is there, so that nothing but microtasks lies between a page and its question.
beforeAll(() => import("../src/panel/come-back"));

/** Lets a page with a chat do what it does by itself. */
async function back(): Promise<void> {
  await settled();
  await vi.dynamicImportSettled();
  await settled();
}

/** The visitor presses *Sign in*, and the page leads them away. */
async function leaves() {
  const chat = place();
  await settled();
  await chat.element.open();
  await settled();
  chat.engine().draw({ phase: "sign-in-needed", signIn: "required" });
  chat.element.addEventListener("sign-in", (event) => event.preventDefault());
  chat.find(".card .button").click();
  chat.element.remove();
  await settled();
}

it("opens again with a token, on a phone too, and forgets that it waited", async () => {
  phone();
  await leaves();
  expect(sessionStorage.getItem(KEY)).toBe("1");
  const chat = place();
  await back();
  expect(chat.element.isOpen, "not before there is a token").toBe(false);
  expect(chat.engine().calls).toEqual(["start"]);
  chat.engine().draw({ phase: "active", identity: "current" });
  chat.engine().tell({ type: "started", conversation: "cnv_1", authenticated: true });
  await settled();
  expect(chat.element.isOpen).toBe(true);
  expect(sessionStorage.getItem(KEY)).toBeNull();
});

it("covers no page on which the visitor still has to sign in, and says nothing of it", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  phone();
  await leaves();
  const chat = place();
  await back();
  chat.engine().draw({ phase: "sign-in-needed", signIn: "required" });
  chat.engine().tell({ type: "error", error: signedOut });
  await settled();
  expect(chat.element.isOpen).toBe(false);
  expect(chat.types()).toEqual(["ready"]);
  expect(log).not.toHaveBeenCalled();
  expect(sessionStorage.getItem(KEY), "the next page asks").toBe("1");
});

it("shows what else went wrong, to the visitor and to the page", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  phone();
  await leaves();
  const chat = place();
  await back();
  const error = { ...signedOut, code: "token-expired" } as const;
  chat.engine().draw({ phase: "failed", error });
  chat.engine().tell({ type: "error", error });
  await settled();
  expect(chat.element.isOpen).toBe(true);
  expect(chat.types()).toContain("error");
  expect(chat.find(".card h3").textContent).toBe("Your sign-in has expired");
});

it("waits for the conversation that the tab has, instead of asking for another one", async () => {
  phone();
  await leaves();
  sessionStorage.setItem("bonafide:wgt_1", "{}");
  // On the page to sign in on.
  const away = place();
  await back();
  away.engine().draw({ phase: "authenticating" });
  away.engine().draw({ phase: "ready" });
  await settled();
  expect(away.engine().calls).toEqual([]);
  expect(away.element.isOpen).toBe(false);
  away.element.remove();
  await settled();
  // And on the next one, with a token.
  const chat = place();
  await back();
  chat.engine().draw({ phase: "authenticating" });
  expect(chat.element.isOpen).toBe(false);
  chat.engine().tell({ type: "started", conversation: "cnv_1", authenticated: true });
  chat.engine().draw({ phase: "active", identity: "current" });
  await settled();
  expect(chat.element.isOpen).toBe(true);
  expect(chat.engine().calls).toEqual(["open"]);
  expect(sessionStorage.getItem(KEY)).toBeNull();
});

it("asks for a conversation where that of before turns out to be gone", async () => {
  phone();
  await leaves();
  sessionStorage.setItem("bonafide:wgt_1", "{}");
  const chat = place();
  await back();
  chat.engine().draw({ phase: "authenticating" });
  sessionStorage.removeItem("bonafide:wgt_1");
  chat.engine().draw({ phase: "ready" });
  await settled();
  expect(chat.engine().calls).toEqual(["start"]);
});

it("asks once for a token where the conversation was an anonymous one", async () => {
  await leaves();
  const chat = place();
  await back();
  chat.engine().draw({ phase: "waiting", identity: "none" });
  chat.engine().tell({ type: "started", conversation: "cnv_1", authenticated: false });
  await settled();
  expect(chat.engine().calls.filter((call) => call === "authenticate")).toHaveLength(1);
  chat.engine().draw({ identity: "current" });
  chat.engine().tell({ type: "authenticated" });
  await settled();
  expect(sessionStorage.getItem(KEY)).toBeNull();
});

it("waits no more once the visitor puts the chat away, signs in without leaving, or signs out", async () => {
  const chat = place();
  await settled();
  await chat.element.open();
  for (const ends of [
    () => chat.element.close(),
    () => chat.engine().tell({ type: "authenticated" }),
    () => chat.engine().tell({ type: "started", conversation: "cnv_1", authenticated: true }),
    () => chat.engine().tell({ type: "left" }),
  ]) {
    sessionStorage.setItem(KEY, "1");
    ends();
    expect(sessionStorage.getItem(KEY), String(ends)).toBeNull();
  }
});
