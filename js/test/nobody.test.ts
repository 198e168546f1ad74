/** What a visitor reads who waits where nobody is there now, and that it goes when somebody comes. */
import { expect, it, vi } from "vitest";
import { sentenceFor } from "../src/nobody/nobody";
import type { Words } from "../src/strings/en";
import { LANGUAGES, loadLanguage } from "../src/strings/strings";
import { place, settled } from "./dom";

const SENTENCE = "Nobody is here at the moment. Leave a message: it will be read.";

async function waiting(attributes: Record<string, string> = {}, strings: Words = {}) {
  const chat = place(attributes);
  chat.element.strings = strings;
  await settled();
  await chat.element.open();
  await settled();
  const engine = chat.engine();
  engine.draw({ phase: "waiting", connection: "online", queue: "Gold", position: null });
  const notes = () => [...(chat.element.shadowRoot?.querySelectorAll(".note") ?? [])].map((node) => node.textContent);
  return { ...chat, engine, notes };
}

/** What screen readers are told, of which the visible line is no part. */
const spoken = (find: (selector: string) => Element) => find(".inner > .quiet:nth-last-child(1)");

it("stands where the place in line does, while there is none", async () => {
  const { engine, notes, find } = await waiting();
  await vi.waitFor(() => expect(notes()).toEqual(["", SENTENCE]));
  // The region is there before its words, which come in a later task: only so they are read aloud.
  expect(spoken(find).textContent).toBe("");
  await vi.waitFor(() => expect(spoken(find).textContent).toBe(SENTENCE));
  expect(find(".note[part=nobody]").hasAttribute("role")).toBe(false);
  expect(find(".state p").textContent).toBe("Waiting for an agent");
  engine.draw({ position: 1 });
  expect(notes()).toEqual(["You are next in line", ""]);
  await vi.waitFor(() => expect(spoken(find).textContent).toBe(""));
  engine.draw({ position: null });
  expect(notes()).toEqual(["", SENTENCE]);
  engine.draw({ phase: "active", agent: "Maya" });
  expect(notes()).toEqual(["", ""]);
});

it("is not there for whoever has a place", async () => {
  const chat = place();
  await settled();
  await chat.element.open();
  chat.engine().draw({ phase: "waiting", connection: "online", queue: "Gold", position: 2 });
  await settled();
  expect(chat.element.shadowRoot?.querySelectorAll(".note")).toHaveLength(1);
});

it("is said again in another language, and goes with the panel", async () => {
  await loadLanguage("de", {});
  const { element, notes, find, engine } = await waiting();
  await vi.waitFor(() => expect(notes()).toHaveLength(2));
  element.lang = "de";
  await vi.waitFor(() => expect(notes()).toEqual(["", sentenceFor("de-AT")]));
  await vi.waitFor(() => expect(spoken(find).textContent).toMatch(/^Im Moment ist niemand da/));
  const [line, region] = [find(".note[part=nobody]"), spoken(find)];
  const said = [line.textContent, region.textContent];
  element.remove();
  await settled();
  expect([line.isConnected, region.isConnected]).toEqual([false, false]);
  engine.draw({ position: 1 });
  await new Promise((later) => setTimeout(later, 200));
  expect([line.textContent, region.textContent], "nothing changes any more").toEqual(said);
  expect([line.isConnected, region.isConnected]).toEqual([false, false]);
});

it("is said in the page's own words, where it has some", async () => {
  const { element, notes, engine } = await waiting({}, { nobody: "Back at nine." });
  await vi.waitFor(() => expect(notes()).toEqual(["", "Back at nine."]));
  element.strings = { nobody: "" };
  engine.draw({ unread: 0 });
  await vi.waitFor(() => expect(notes()).toEqual(["", ""]));
});

it("is known in every language of the panel", () => {
  const said = new Set(LANGUAGES.map(sentenceFor));
  expect(said.size).toBe(LANGUAGES.length);
  expect(sentenceFor("pt-BR")).toBe(SENTENCE);
});
