/** What is said of a failure while the conversation goes on, and that the button beside it repeats what failed. */
import { expect, it, vi } from "vitest";
import type { ErrorCode } from "../src/engine/pkg/bonafide_widget";
import { place, settled } from "./dom";

async function talking() {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const chat = place();
  await settled();
  await chat.element.open();
  await settled();
  const engine = chat.engine();
  engine.draw({ phase: "active", connection: "online" });
  /** Something fails, as the engine tells it: to the page, and in the state. */
  const fails = async (code: ErrorCode, requestId: string) => {
    const error = { code, message: "", requestId, retryable: true };
    engine.tell({ type: "error", error });
    engine.draw({ error });
    await settled();
  };
  const again = async () => {
    chat.find(".banner button").click();
    await settled();
    return engine.calls.at(-1);
  };
  return { ...chat, engine, fails, again };
}

it("ends the chat again when that failed, and not when something else failed that reads the same", async () => {
  const { engine, find, fails, again } = await talking();
  engine.draw({ identity: "current" });
  const wishToEnd = async () => {
    find(".tool[aria-label='End chat']").click();
    find(".danger").click();
    await settled();
  };
  await wishToEnd();
  await fails("network-unreachable", "req_1");
  expect(find(".banner").textContent).toContain("check your connection");
  await fails("network-unreachable", "req_2");
  expect(await again()).toBe("authenticate");
  await wishToEnd();
  await fails("network-unreachable", "req_3");
  expect(await again()).toBe("end");
});

it("asks for a token again when proving who the visitor is failed", async () => {
  const { fails, again } = await talking();
  await fails("client-function-timeout", "");
  expect(await again()).toBe("authenticate");
});

it("offers nothing that a widget without a setting would refuse", async () => {
  const { find, has, fails } = await talking();
  await fails("rate-limited", "req_1");
  expect(find(".banner").textContent).toContain("Too many requests");
  expect(has(".banner button")).toBe(false);
});
