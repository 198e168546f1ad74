/** What a visitor reads who waits where nobody is there now, and that it goes when somebody comes. */
import { expect, it, vi } from "vitest";
import { sentenceFor } from "../src/nobody/nobody";
import { LANGUAGES, loadLanguage } from "../src/strings/strings";
import { place, settled } from "./dom";

const SENTENCE = "Nobody is here at the moment. Leave a message: it will be read.";

async function waiting(attributes: Record<string, string> = {}) {
  const chat = place(attributes);
  await settled();
  await chat.element.open();
  await settled();
  const engine = chat.engine();
  engine.draw({ phase: "waiting", connection: "online", queue: "Gold", position: null });
  const notes = () => [...(chat.element.shadowRoot?.querySelectorAll(".note") ?? [])].map((node) => node.textContent);
  return { ...chat, engine, notes };
}

it("stands where the place in line does, while there is none", async () => {
  const { engine, notes, find } = await waiting();
  await vi.waitFor(() => expect(notes()).toEqual(["", SENTENCE]));
  expect(find(".note[role=status]").textContent).toBe(SENTENCE);
  expect(find(".state p").textContent).toBe("Waiting for an agent");
  engine.draw({ position: 1 });
  expect(notes()).toEqual(["You are next in line", ""]);
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
  const { element, notes, find } = await waiting();
  await vi.waitFor(() => expect(notes()).toHaveLength(2));
  element.lang = "de";
  await vi.waitFor(() => expect(notes()).toEqual(["", sentenceFor("de-AT")]));
  expect(find(".note[role=status]").textContent).toMatch(/^Im Moment ist niemand da/);
  element.remove();
  await settled();
});

it("is known in every language of the panel", () => {
  const said = new Set(LANGUAGES.map(sentenceFor));
  expect(said.size).toBe(LANGUAGES.length);
  expect(sentenceFor("pt-BR")).toBe(SENTENCE);
});
