/** What the page's policy forbids the chat: what the browser tells of it, and what can be tried without harm. */
import { Set, Uint8Array, URL, WebAssembly } from "../natives";

/** A violation that concerns the chat. */
export interface Violation {
  readonly directive: string;
  readonly blocked: string;
}

/** Tells of the violations that concern a chat server, also of those from before; gives what stops that. */
export function watchPolicy(server: string, violated: (violation: Violation) => void): () => void {
  const { host } = new URL(server);
  const seen = new Set<string>();
  const tell = (directive = "", blocked: string | null = "") => {
    const isOurs = blocked === "wasm-eval" || blocked?.includes(`//${host}`);
    if (!isOurs || !blocked || seen.has(directive + blocked)) return;
    seen.add(directive + blocked);
    violated({ directive, blocked });
  };
  const heard = (event: SecurityPolicyViolationEvent) => tell(event.effectiveDirective, event.blockedURI);
  document.addEventListener("securitypolicyviolation", heard);
  // Where there is one, it also knows what happened before this was loaded.
  const Observer = globalThis.ReportingObserver;
  const observer =
    Observer &&
    new Observer(
      (reports) => {
        for (const { body } of reports) {
          const { effectiveDirective, blockedURL } = (body ?? {}) as { effectiveDirective?: string; blockedURL?: string };
          tell(effectiveDirective, blockedURL);
        }
      },
      { types: ["csp-violation"], buffered: true },
    );
  observer?.observe();
  return () => {
    document.removeEventListener("securitypolicyviolation", heard);
    observer?.disconnect();
  };
}

/** Whether WebAssembly may be compiled here; the same trial as the engine's own. */
export function isWasmAllowed(): boolean {
  try {
    return Boolean(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])));
  } catch {
    return false;
  }
}
