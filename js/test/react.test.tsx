/** The React binding: the component around the element, and the hook, also under StrictMode. */
import { act, StrictMode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { EngineOptions, GetToken, Listener } from "../src/engine/pkg/bonafide_widget";
import { BonafideChat, type UseChat, useChat } from "../src/react";
import { settled } from "./dom";
import { ScriptedEngine, scripted } from "./scripted-engine";

const engines: ScriptedEngine[] = [];
vi.mock("../src/engine/load", () => ({
  connectEngine: async (options: EngineOptions, listener: Listener) => {
    const engine = new ScriptedEngine(options, listener);
    engines.push(engine);
    return engine;
  },
  whyNot: async () => undefined,
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
  expect(await element.getToken?.(() => {})).toBe("token");
  const detail = { conversation: "cnv_1", authenticated: true };
  element.dispatchEvent(new CustomEvent("started", { detail }));
  expect(onStarted).toHaveBeenCalledExactlyOnceWith(detail);
  expect(element.dispatchEvent(new CustomEvent("sign-in", { cancelable: true }))).toBe(false);
});

it("draws itself again without disturbing the chat: same words, another function for a token, another switch", async () => {
  const onReady = vi.fn();
  const render = (token: string, debug: boolean) =>
    act(async () => {
      const getToken = async () => token;
      const words = { title: "Orders", open: "Ask us" };
      root.render(<BonafideChat widget="wgt_1" server={server} debug={debug} getToken={getToken} strings={words} onReady={onReady} />);
      await import("../src/element");
      await settled();
    });
  // The report asks the server for the configuration, which is not there.
  vi.stubGlobal("fetch", () => Promise.reject(new Error("offline")));
  const { BonafideChatElement } = await import("../src/element/element");
  const module = scripted();
  await render("one", false);
  const element = document.querySelector("bonafide-chat");
  if (!element) throw new Error("no element");
  BonafideChatElement.load = async () => module;
  await act(async () => {
    await element.open();
    await settled();
  });
  const given = module.engines[0]?.options.getToken;
  expect(given?.length, "it takes no callback, so that a promise of nothing is an answer").toBe(0);
  const dialog = element.shadowRoot?.querySelector("dialog");
  // Where there is no conversation, another function would make another engine.
  await act(async () => module.engines[0]?.draw({ phase: "ready" }));
  await render("two", true);
  expect(element.debug).toBe(true);
  expect(await given?.(() => {}), "the latest is called").toBe("two");
  expect(element.shadowRoot?.querySelector("dialog")).toBe(dialog);
  expect(element.shadowRoot?.querySelector("h2")?.textContent).toBe("Orders");
  await vi.dynamicImportSettled();
  await render("three", false);
  expect(element.debug).toBe(false);
  expect(module.engines).toHaveLength(1);
  expect(onReady).toHaveBeenCalledOnce();
});

it("draws nothing on a server but the tag", () => {
  expect(renderToString(<BonafideChat widget="wgt_1" server={server} />)).toBe(
    `<bonafide-chat widget="wgt_1" server="${server}"></bonafide-chat>`,
  );
});

it("gives the hook's engine one function that calls the latest, with its number of parameters", async () => {
  let last: UseChat | undefined;
  function Drawn({ getToken }: { getToken: GetToken }) {
    last = useChat({ server, widget: "wgt_1", getToken });
    return null;
  }
  await act(async () => root.render(<Drawn getToken={async () => undefined} />));
  await act(async () => {
    void last?.chat.start();
    await settled();
  });
  const given = engines[0]?.options.getToken;
  expect(given?.length).toBe(0);
  const heard: unknown[] = [];
  await act(async () => root.render(<Drawn getToken={(callback) => callback("late")} />));
  expect(given?.length).toBe(1);
  given?.((token) => heard.push(token));
  expect(heard).toEqual(["late"]);
  expect(engines).toHaveLength(1);
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
