/** The React binding: the component around the element, and the hook, also under StrictMode. */
import { act, StrictMode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { EngineOptions, Listener } from "../src/engine/engine";
import { BonafideChat, type UseChat, useChat } from "../src/react";
import { settled } from "./dom";
import { ScriptedEngine } from "./scripted-engine";

const engines: ScriptedEngine[] = [];
vi.mock("../src/engine/load", () => ({
  connectEngine: async (options: EngineOptions, listener: Listener) => {
    const engine = new ScriptedEngine(options, listener);
    engines.push(engine);
    return engine;
  },
}));

const server = "https://chat.example.com";
let root: Root;

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  engines.length = 0;
  const container = document.createElement("div");
  document.body.replaceChildren(container);
  root = createRoot(container);
});
afterEach(() => act(() => root.unmount()));

it("puts the element into the page, with its events as callbacks", async () => {
  const onStarted = vi.fn();
  const onSignIn = vi.fn(() => false);
  const getToken = async () => "token";
  await act(async () => {
    root.render(
      <StrictMode>
        <BonafideChat widget="wgt_1" server={server} accentColor="#112233" getToken={getToken} onStarted={onStarted} onSignIn={onSignIn} />
      </StrictMode>,
    );
    await import("../src/element");
    await settled();
  });
  const element = document.querySelector("bonafide-chat");
  if (!element) throw new Error("no element");
  expect(element.getAttribute("accent-color")).toBe("#112233");
  expect(element.getToken).toBe(getToken);
  const detail = { conversation: "cnv_1", authenticated: true };
  element.dispatchEvent(new CustomEvent("started", { detail }));
  expect(onStarted).toHaveBeenCalledExactlyOnceWith(detail);
  expect(element.dispatchEvent(new CustomEvent("sign-in", { cancelable: true }))).toBe(false);
});

it("draws nothing on a server but the tag", () => {
  expect(renderToString(<BonafideChat widget="wgt_1" server={server} />)).toBe(
    `<bonafide-chat widget="wgt_1" server="${server}"></bonafide-chat>`,
  );
});

it("gives the chat's state to a component, through StrictMode's double mount", async () => {
  let last: UseChat | undefined;
  function Transcript() {
    last = useChat({ server, widget: "wgt_1" });
    return last.messages.map((message) => message.text).join(" ");
  }
  await act(async () =>
    root.render(
      <StrictMode>
        <Transcript />
      </StrictMode>,
    ),
  );
  expect(engines, "nothing is loaded until it is asked for").toHaveLength(0);
  await act(async () => {
    void last?.chat.start();
    await settled();
  });
  await act(async () => {
    engines[0]?.draw({ phase: "active" });
    engines[0]?.message("Hello");
    engines[0]?.message("there");
  });
  expect(last?.view.phase).toBe("active");
  expect(document.body.textContent).toBe("Hello there");
  await act(async () => root.render(null));
  expect(engines.map(({ freed }) => freed)).toEqual([true]);
});
