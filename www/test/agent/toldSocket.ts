// The socket of the console, which tells what the test says.
import { beforeEach, vi } from "vitest";
import type { AgentEvent } from "../../src/api/types";

export class ToldSocket extends EventTarget {
  static readonly OPEN = 1;
  static last: ToldSocket | undefined;
  readonly readyState = 1;
  constructor() {
    super();
    ToldSocket.last = this;
  }
  send() {}
  close() {}
  tell(event: AgentEvent) {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(event) }));
  }
}

/** Each test of a file has its own, and a tab in which nothing was written yet. */
export const useToldSocket = () =>
  beforeEach(() => {
    sessionStorage.clear();
    ToldSocket.last = undefined;
    vi.stubGlobal("WebSocket", ToldSocket);
  });
