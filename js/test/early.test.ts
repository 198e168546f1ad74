/** Messages that are sent before the engine has arrived: shown at once, sent when it is there, given back when it is not. */
import { expect, it, vi } from "vitest";
import { Chat } from "../src/chat/chat";
import type { Engine } from "../src/engine/engine";
import { place, settled } from "./dom";
import { ScriptedEngine, scripted } from "./scripted-engine";

/** A chat whose panel is open, and whose engine comes when the test says so, or does not. */
async function opened() {
  vi.spyOn(console, "error").mockImplementation(() => {});
  let settle: { done: (engine: Engine) => void; fail: (error: unknown) => void } | undefined;
  const engines: ScriptedEngine[] = [];
  const module = {
    ...scripted(),
    createChat: (options: ConstructorParameters<typeof Chat>[0]) =>
      new Chat(options, (given, listener) => {
        engines.push(new ScriptedEngine(given, listener));
        return new Promise((done, fail) => {
          settle = { done, fail };
        });
      }),
  };
  const chat = place({}, async () => module);
  await settled();
  await chat.element.open();
  await settled();
  const input = chat.find<HTMLTextAreaElement>(".input");
  const type = (text: string) => {
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const send = async (text: string) => {
    type(text);
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    await settled();
  };
  const arrive = async () => {
    settle?.done(engines.at(-1) as ScriptedEngine);
    await settled();
  };
  const fail = async () => {
    settle?.fail(new Error("no network"));
    await settled();
  };
  const shown = () => [...(chat.element.shadowRoot?.querySelectorAll("[role=log] .own .bubble") ?? [])].map((node) => node.textContent);
  return { ...chat, engines, input, type, send, arrive, fail, shown };
}

it("are on the screen at once, and each becomes one message", async () => {
  const { engines, input, send, arrive, shown, find } = await opened();
  await send("Hello");
  await send("Hello again");
  expect(input.value).toBe("");
  expect(shown()).toEqual(["Hello", "Hello again"]);
  expect(find(".own .bubble").closest<HTMLElement>(".row")?.dataset.delivery).toBe("sending");
  await arrive();
  expect(engines[0]?.calls.filter((call) => call.startsWith("send"))).toEqual(["send Hello", "send Hello again"]);
  expect(shown()).toEqual(["Hello", "Hello again"]);
});

it("are a draft again when the engine does not arrive, before what was typed since", async () => {
  const { input, type, send, fail, arrive, shown, find, engines } = await opened();
  await send("one");
  await send("two");
  type("three");
  await fail();
  expect(input.value).toBe("one\ntwo\nthree");
  expect(sessionStorage.getItem("bonafide:wgt_1:draft")).toBe("one\ntwo\nthree");
  expect(shown()).toEqual([]);
  find(".card .button").click();
  await settled();
  await arrive();
  expect(
    engines[1]?.calls.some((call) => call.startsWith("send")),
    "nothing is sent twice",
  ).toBe(false);
});

it("stay when the page changes its words meanwhile", async () => {
  const { element, send, shown } = await opened();
  await send("Hello");
  element.strings = { title: "Orders" };
  await settled();
  expect(shown()).toEqual(["Hello"]);
});

it("are forgotten by a sign-out", async () => {
  const { element, engines, send, arrive, shown } = await opened();
  await send("a secret");
  void element.signOut();
  await arrive();
  engines[0]?.tell({ type: "cleared" });
  expect(shown()).toEqual([]);
});
