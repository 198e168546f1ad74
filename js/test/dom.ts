/** What the element's tests share: a page, its events, and a way to wait for what was asked to happen. */
import { afterEach, vi } from "vitest";
import { defineElement } from "../src/element/define";
import { BonafideChatElement } from "../src/element/element";
import type { ChatModule } from "../src/element/module";
import { type ScriptedEngine, scripted } from "./scripted-engine";

/** What a page heard. */
export interface Heard {
  readonly type: string;
  readonly detail: unknown;
}

const EVENTS = ["ready", "opened", "closed", "started", "authenticated", "message", "ended", "error", "sign-in"];

// happy-dom has no `reportError`: what a handler throws fails the test.
globalThis.reportError ??= (error) => {
  throw error;
};

// happy-dom throws where the focus is in another shadow root; a browser says `null`.
const { get } = Object.getOwnPropertyDescriptor(ShadowRoot.prototype, "activeElement") ?? {};
Object.defineProperty(ShadowRoot.prototype, "activeElement", {
  get() {
    try {
      return get?.call(this) ?? null;
    } catch {
      return null;
    }
  },
});

afterEach(() => {
  document.body.replaceChildren();
  document.documentElement.lang = "en";
  sessionStorage.clear();
});

/** Puts a chat with scripted engines into the page. */
export function place(attributes: Record<string, string> = {}, load?: () => Promise<ChatModule>) {
  const module = scripted();
  BonafideChatElement.load = load ?? (async () => module);
  defineElement(BonafideChatElement.load);
  const element = document.createElement("bonafide-chat");
  const all = { widget: "wgt_1", server: "https://chat.example.com", ...attributes };
  for (const [name, value] of Object.entries(all)) element.setAttribute(name, value);
  const heard: Heard[] = [];
  for (const type of EVENTS) element.addEventListener(type, (event) => heard.push({ type, detail: (event as CustomEvent).detail }));
  document.body.append(element);
  const root = () => {
    if (!element.shadowRoot) throw new Error("the element has no shadow root");
    return element.shadowRoot;
  };
  const find = <E extends Element = HTMLElement>(selector: string): E => {
    const found = root().querySelector<E>(selector);
    if (!found) throw new Error(`nothing matches ${selector}`);
    return found;
  };
  return {
    element,
    module,
    heard,
    find,
    launcher: () => find<HTMLButtonElement>(".launcher"),
    has: (selector: string) => root().querySelector(selector) !== null,
    types: () => heard.map(({ type }) => type),
    engine: (at = 0): ScriptedEngine => {
      const engine = module.engines[at];
      if (!engine) throw new Error("no engine was made");
      return engine;
    },
  };
}

/** Lets all microtasks run. */
export async function microtasks(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await null;
}

/**
 * Lets everything that is ready to happen happen: all microtasks, and the tasks that wait for nothing else. On a test's own
 * clock no time passes.
 */
export async function settled(): Promise<void> {
  await microtasks();
  if (vi.isFakeTimers()) vi.advanceTimersByTime(0);
  else await new Promise((next) => setTimeout(next));
  await microtasks();
}
