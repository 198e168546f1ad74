/** Every language says everything, and fills in what English fills in. */
import { expect, it } from "vitest";
import { LAUNCHER_WORDS } from "../src/element/launcher-words";
import type { ErrorCode } from "../src/engine/pkg/bonafide_widget";
import { lcwNumbers } from "../src/generated/error-codes";
import { en } from "../src/strings/en";
import { type FailureKind, failureKind, failureWords } from "../src/strings/failures";
import { fillIn, LANGUAGES, loadLanguage } from "../src/strings/strings";

const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

it("there are six, and the launcher speaks them all", () => {
  expect([...LANGUAGES].sort()).toEqual(["ar", "de", "en", "es", "fr", "ja"]);
  expect(Object.keys(LAUNCHER_WORDS).sort()).toEqual([...LANGUAGES].sort());
  for (const words of Object.values(LAUNCHER_WORDS)) {
    expect(words.every((word) => word.trim())).toBe(true);
    expect(words[2]).toContain("{n}");
  }
});

it.each(LANGUAGES)("%s is complete", async (tag) => {
  const { strings } = await loadLanguage(tag, {});
  expect(Object.keys(strings).sort()).toEqual(Object.keys(en).sort());
  for (const [name, text] of Object.entries(strings)) {
    expect(text.trim(), name).not.toBe("");
    expect(holes(text), name).toEqual(holes(en[name as keyof typeof en]));
    if (tag !== "en" && text.length > 12) expect(text, `${name} is translated`).not.toBe(en[name as keyof typeof en]);
  }
});

it("takes the primary language, falls back to English, and lets the page choose its words", async () => {
  expect(await loadLanguage("de-AT", {})).toMatchObject({ tag: "de-AT", direction: "ltr", strings: { send: "Senden" } });
  expect(await loadLanguage("ar-EG", {})).toMatchObject({ direction: "rtl" });
  expect(await loadLanguage("en-GB", {})).toMatchObject({ tag: "en-GB" });
  expect(await loadLanguage("constructor", {})).toMatchObject({ tag: "en", strings: { send: "Send" } });
  expect(await loadLanguage("fr", { title: "Aide" })).toMatchObject({ strings: { title: "Aide", send: "Envoyer" } });
});

it("isolates names, so that their direction does not turn a sentence around", () => {
  expect(fillIn("{name} is typing", "ليلى")).toBe("\u2068ليلى\u2069 is typing");
  expect(fillIn("number {n}", 3)).toBe("number 3");
  expect(fillIn("{name} is typing", "$& {n}")).toContain("$& {n}");
});

/** The kind of every code there is: a code that is new must be entered here. */
const KINDS: Readonly<Record<ErrorCode, FailureKind>> = {
  "configuration-invalid": "setup",
  "wasm-blocked": "setup",
  "network-unreachable": "network",
  "client-function-not-found": "page",
  "client-function-failed": "page",
  "client-function-timeout": "page",
  "token-not-provided": "page",
  "token-malformed": "token",
  "token-algorithm-unsupported": "token",
  "token-key-unknown": "token",
  "token-key-expired": "token",
  "token-signature-invalid": "token",
  "token-claim-missing": "token",
  "token-claim-invalid": "token",
  "token-expired": "expired",
  "token-not-yet-valid": "token",
  "token-context-invalid": "token",
  "token-replayed": "token",
  "keys-unavailable": "keys",
  "keys-invalid": "keys",
  "widget-not-found": "setup",
  "conversation-not-found": "session",
  "not-found": "setup",
  "origin-not-allowed": "setup",
  "rate-limited": "busy",
  "session-expired": "session",
  "sign-in-required": "expired",
  forbidden: "setup",
  "invalid-request": "server",
  conflict: "server",
  "payload-too-large": "server",
  unavailable: "server",
  internal: "server",
};

it.each(Object.entries(KINDS) as [ErrorCode, FailureKind][])("tells %s as a failure of the kind %s", (code, kind) => {
  expect(failureKind({ code, retryable: true })).toBe(kind);
});

it("tells a page that is older than the server from a server that is busy", () => {
  expect(failureKind({ code: "unavailable", retryable: false })).toBe("outdated");
});

it("has words for every error code, and for those of a newer server", () => {
  for (const code of Object.keys(lcwNumbers) as ErrorCode[]) {
    const [title, text] = failureWords(en, { code, retryable: true });
    expect(title, code).toMatch(/\w/);
    expect(text, code).toMatch(/\.$/);
    expect(`${title} ${text}`, "no jargon").not.toMatch(/token|JWT|CORS|key/i);
  }
  expect(failureWords(en, { code: "from-the-future" as ErrorCode, retryable: true })[0]).toBe(en.serverTitle);
});
