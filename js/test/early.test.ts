/** A message that is sent before the engine has arrived: it goes when that is there, and stays a draft when it is not. */
import { expect, it, vi } from "vitest";
import { Chat } from "../src/chat/chat";
import type { Engine } from "../src/engine/pkg/bonafide_widget";
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

it("goes by itself as soon as it can", async () => {
  const { engines, input, send, arrive, shown } = await opened();
  await send("Hello");
  expect(input.value, "until then it is where it was").toBe("Hello");
  await arrive();
  for (const phase of ["configuring", "authenticating", "starting"] as const) engines[0]?.draw({ phase });
  await settled();
  expect(sessionStorage.getItem("bonafide:wgt_1:draft"), "what leads the visitor away now does not lose it").toBe("Hello");
  engines[0]?.draw({ phase: "waiting" });
  await settled();
  engines[0]?.draw({ phase: "active" });
  await settled();
  expect(engines[0]?.calls.filter((call) => call.startsWith("send"))).toEqual(["send Hello"]);
  expect(input.value).toBe("");
  expect(shown()).toEqual(["Hello"]);
});

it("does not go while the visitor writes on", async () => {
  const { engines, input, type, send, arrive } = await opened();
  await send("Hello");
  type("Hello, I have a qu");
  await arrive();
  engines[0]?.draw({ phase: "waiting" });
  await settled();
  expect(engines[0]?.calls.filter((call) => call.startsWith("send"))).toEqual([]);
  expect(input.value).toBe("Hello, I have a qu");
});

it("asks for a conversation where there is none, once each time that the visitor sends it", async () => {
  const { engines, send, arrive } = await opened();
  await arrive();
  const starts = () => engines[0]?.calls.filter((call) => call === "start").length;
  expect(starts()).toBe(1);
  engines[0]?.draw({ phase: "ready" });
  await settled();
  await send("Hello");
  expect(starts()).toBe(2);
  engines[0]?.draw({ phase: "starting" });
  engines[0]?.draw({ phase: "failed" });
  await settled();
  expect(starts(), "a start that failed is not tried again by itself").toBe(2);
});

it("is still a draft when the engine does not arrive", async () => {
  const { input, send, fail } = await opened();
  await send("Hello");
  await fail();
  expect(input.value).toBe("Hello");
  expect(sessionStorage.getItem("bonafide:wgt_1:draft")).toBe("Hello");
});
