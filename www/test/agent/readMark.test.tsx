// How far the agent has read is told, and told again where it was said into a socket that was dead.
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { useReadMark } from "../../src/agent/chat/useReadMark";
import type { Message } from "../../src/api/types";

const live = vi.hoisted(() => ({ connection: "open", send: vi.fn(() => true) }));
vi.mock("../../src/agent/live/LiveProvider", () => ({ useLive: () => ({ ...live }) }));

it("is told once for each connection", () => {
  const messages = [{ seq: 3 } as Message];
  const cache = new QueryClient();
  const hook = renderHook(() => useReadMark("con_1", true, messages), {
    wrapper: ({ children }) => <QueryClientProvider client={cache}>{children}</QueryClientProvider>,
  });
  hook.rerender();
  expect(live.send).toHaveBeenCalledTimes(1);
  for (const connection of ["lost", "open"]) {
    live.connection = connection;
    hook.rerender();
  }
  expect(live.send).toHaveBeenCalledTimes(2);
  expect(live.send).toHaveBeenLastCalledWith({ type: "read", conversation: "con_1", seq: 3 });
});
