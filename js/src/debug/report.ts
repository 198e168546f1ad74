/**
 * The developers' report (`debug` attribute): is this page set up right? Function, token, clock, policy, last error. It only
 * looks: the calls it tells of are the engine's own. It shows types and sizes instead of what identifies a person, and sends
 * nothing anywhere.
 */

import type { adopt, fill, h, Sheet, styleSheet } from "../element/dom";
import { serverAddress } from "../element/faults";
import { type ConfigAnswer, readConfig } from "../engine/config";
import type { CallOutcome, ErrorCode } from "../engine/pkg/bonafide_widget";
import type { ChatError, ChatErrorDetail } from "../errors";
import { entries } from "../natives";
import type { PanelHost } from "../panel/host";
import { isWasmAllowed, type Violation, watchPolicy } from "./policy";
import css from "./report.css?inline";
import { masked } from "./token";

type Verdict = "good" | "bad" | "plain";
type Row = readonly [name: string, value: string, verdict?: Verdict];

/** What the report is made with. Given, not imported: else the bundler would cut a chunk out of what every visitor loads. */
export interface Tools {
  readonly adopt: typeof adopt;
  readonly fill: typeof fill;
  readonly h: typeof h;
  readonly styleSheet: typeof styleSheet;
  /** Why the page's client function of this name cannot be called, by the engine's own way to it; nothing where it can. */
  readonly whyNot: (path: string) => Promise<string | undefined>;
}

const OUTCOMES: Readonly<Record<CallOutcome, string>> = {
  text: "gave a text",
  nothing: "gave nothing: nobody is signed in",
  "wrong-type": "gave something that is no text",
  failed: "failed",
  "not-found": "was not found",
  refused: "has a name that is refused",
};

let sheet: Sheet | undefined;

/** Shows the report, unless that is not wanted any more. The host is given what takes it away. */
export function showReport(host: PanelHost, tools: Tools): void {
  if (host.hideReport || !host.element.hasAttribute("debug")) return;
  const report = new Report(host, tools);
  host.hideReport = () => {
    host.hideReport = undefined;
    report.remove();
  };
  void report.refresh();
}

class Report {
  readonly #host: PanelHost;
  readonly #tools: Tools;
  readonly #list: HTMLElement;
  readonly #root: HTMLElement;
  readonly #stops: (() => void)[];
  readonly #server: string;
  readonly #violations: Violation[] = [];
  #answer: ConfigAnswer | undefined;
  /** Why the client function cannot be called; empty where it can. */
  #unresolved: string | undefined;
  #error: ChatErrorDetail | null;

  constructor(host: PanelHost, tools: Tools) {
    this.#host = host;
    this.#tools = tools;
    this.#server = serverAddress(host.element.server) ?? "";
    const { base, chat } = host;
    const { adopt, h, styleSheet } = tools;
    // Its words run from left to right, and its place is the page's side.
    this.#list = h("dl", { dir: "ltr" });
    sheet ??= styleSheet(css);
    adopt(base.getRootNode() as ShadowRoot, sheet);
    const again = h("button", { type: "button", onclick: () => this.refresh() }, "Check again");
    const heading = h("summary", { dir: "ltr" }, `Bonafide report: ${chat.widget}`);
    this.#root = h("details", { class: "report", part: "report", lang: "en" }, heading, this.#list, again);
    base.append(this.#root);
    const violated = (violation: Violation) => {
      this.#violations.push(violation);
      this.#draw();
    };
    const failed = (error: ChatError) => {
      this.#error = error;
      this.#draw();
    };
    // Also from before there was a report.
    this.#error = chat.view.error;
    chat.trace = (call) => {
      host.call = call;
      this.#draw();
    };
    this.#stops = [watchPolicy(this.#server, violated), chat.on("error", failed), chat.on("view", () => this.#draw())];
  }

  remove(): void {
    for (const stop of this.#stops) stop();
    // The token of a call is not kept longer than it is shown.
    this.#host.chat.trace = undefined;
    this.#host.call = undefined;
    this.#root.remove();
  }

  async refresh(): Promise<void> {
    this.#draw();
    this.#answer = await readConfig(this.#server, this.#host.chat.widget);
    this.#draw();
    const path = this.#answer.config?.clientFunction;
    if (!path) return;
    try {
      this.#unresolved = (await this.#tools.whyNot(path)) ?? "";
    } catch (error) {
      this.#unresolved = `${error}`;
    }
    this.#draw();
  }

  #draw(): void {
    const { fill, h } = this.#tools;
    const rows = [...this.#serverRows(), ...this.#functionRows(), ...this.#policyRows(), ...this.#chatRows()];
    const pairs = rows.map(([name, value, verdict = "plain"]) => [h("dt", null, name), h("dd", { class: verdict }, value)]);
    fill(this.#list, ...pairs.flat());
  }

  *#serverRows(): Generator<Row> {
    const answer = this.#answer;
    yield ["server", this.#server];
    if (!answer) return yield ["configuration", "asking…"];
    const { config, status, detail, clockOffsetMs } = answer;
    if (!config) return yield ["configuration", `${status || ""} ${detail}`.trim(), "bad"];
    yield ["configuration", "read", "good"];
    yield ["sign-in", config.signIn];
    const seconds = clockOffsetMs / 1000;
    yield ["server's clock minus this one", `${seconds.toFixed(1)} s`, Math.abs(seconds) > 30 ? "bad" : "good"];
  }

  *#functionRows(): Generator<Row> {
    const { call, element } = this.#host;
    const path = this.#answer?.config?.clientFunction;
    if (element.getToken) yield ["client function", "getToken of the element", "good"];
    else if (path) {
      yield ["client function", path];
      yield this.#unresolved === ""
        ? ["resolved", "yes", "good"]
        : ["resolved", this.#unresolved ?? "looking…", this.#unresolved ? "bad" : "plain"];
    } else if (this.#answer?.config) yield ["client function", "none: this widget has no authentication setting"];
    if (!call) return yield calledBy(this.#error?.code);
    const { outcome, ms, text } = call;
    const isText = outcome === "text";
    yield ["called", `it ${OUTCOMES[outcome]}, after ${Math.round(ms)} ms`, isText ? "good" : "bad"];
    if (!isText) return;
    const now = Date.now() + (this.#answer?.clockOffsetMs ?? 0);
    for (const [name, value] of entries(masked(text, 0, now))) yield [`header ${name}`, value];
    for (const [name, value] of entries(masked(text, 1, now))) yield [`claim ${name}`, value];
  }

  *#policyRows(): Generator<Row> {
    const { connection } = this.#host.chat.view;
    // This report came the same way.
    yield ["policy: script-src", "lets the chat's scripts in", "good"];
    const wasm = isWasmAllowed();
    yield ["policy: WebAssembly", wasm ? "allowed" : "blocked: add 'wasm-unsafe-eval' to script-src", wasm ? "good" : "bad"];
    if (this.#answer) {
      const isThrough = this.#answer.status > 0;
      yield ["policy: connect-src", isThrough ? "lets requests through" : "no answer: is the server in it?", isThrough ? "good" : "bad"];
    }
    if (connection === "online") yield ["policy: connect-src, socket", "connected", "good"];
    for (const { directive, blocked } of this.#violations) yield [`violation of ${directive}`, blocked, "bad"];
  }

  *#chatRows(): Generator<Row> {
    const { chat } = this.#host;
    const { phase, connection, identity } = chat.view;
    yield ["chat", `${phase}, connection ${connection}, identity ${identity}`];
    const error = this.#error;
    if (!error) return yield ["last error", "none", "good"];
    yield ["last error", `${error.code}: ${error.message}`, "bad"];
    if (error.requestId) yield ["request id", error.requestId];
  }
}

/** What an error tells of a call that this report did not see: one that never calls back, or one from before it was switched on. */
function calledBy(code: ErrorCode | undefined): Row {
  if (code === "client-function-timeout") return ["called", "yes, and it has not called back", "bad"];
  if (code === "client-function-failed" || code?.startsWith("token-")) return ["called", "before this report was switched on"];
  return ["called", "not since this report was switched on"];
}
