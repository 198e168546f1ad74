/**
 * Reads a widget's public configuration for the developers' report, as the engine does for itself. Only the report, which
 * a developer switched on, asks the server twice.
 */
import type { SignIn } from "../engine/pkg/bonafide_widget";
import { fetch } from "../natives";

/** What the report looks at. */
export interface WidgetConfig {
  readonly clientFunction: string | null;
  readonly signIn: SignIn;
  readonly timeoutMs: number;
  readonly serverTime: string;
}

/** An answer: the configuration, or what the server or the browser said instead. */
export interface ConfigAnswer {
  readonly config: WidgetConfig | null;
  readonly status: number;
  readonly detail: string;
  /** The server's clock minus this browser's, in milliseconds; half the round trip is taken off. */
  readonly clockOffsetMs: number;
}

/** Asks for the configuration. Never rejects. */
export async function readConfig(server: string, widget: string): Promise<ConfigAnswer> {
  const asked = Date.now();
  try {
    const response = await fetch(`${server}/api/v1/widgets/${encodeURIComponent(widget)}`, { credentials: "omit", cache: "no-store" });
    const body = await response.json();
    const clockOffsetMs = Date.parse(body.serverTime) - (asked + Date.now()) / 2;
    return { config: response.ok ? body : null, status: response.status, detail: body.code ?? "", clockOffsetMs };
  } catch {
    return { config: null, status: 0, detail: "no answer", clockOffsetMs: 0 };
  }
}
