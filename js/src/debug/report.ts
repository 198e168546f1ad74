/**
 * The developers' report (`debug` attribute): is this page set up right? Function, token, clock, policy, last error. It
 * shows types and sizes instead of what identifies a person, and sends nothing anywhere.
 */
import type { adopt, fill, h } from "../element/dom";
import { type ConfigAnswer, readConfig } from "../engine/config";
import type { GetToken } from "../engine/engine";
import type { ChatError } from "../errors";
import type { PanelHost } from "../panel/host";
import { type CallReport, callOnce, lookUp, masked } from "./client-function";
import css from "./report.css?inline";

type Verdict = "good" | "bad" | "plain";
type Row = readonly [name: string, value: string, verdict?: Verdict];

/** How nodes are made. Given, not imported: else the bundler would cut a chunk for them out of what every visitor loads. */
export interface Dom {
  readonly adopt: typeof adopt;
  readonly fill: typeof fill;
  readonly h: typeof h;
}

/** Shows the report; the returned function takes it away again. */
export function showReport(host: PanelHost, dom: Dom): () => void {
  const report = new Report(host, dom);
  void report.refresh();
  return () => report.remove();
}

class Report {
  readonly #host: PanelHost;
  readonly #dom: Dom;
  readonly #list: HTMLElement;
  readonly #root: HTMLElement;
  readonly #stops: (() => void)[];
  #answer: ConfigAnswer | undefined;
  #call: CallReport | undefined;
  #error: ChatError | undefined;

  constructor(host: PanelHost, dom: Dom) {
    this.#host = host;
    this.#dom = dom;
    const { root, base, chat } = host;
    const { adopt, h } = dom;
    this.#list = h("dl");
    adopt(root, css);
    const run = h("button", { type: "button", onclick: () => this.#callFunction() }, "Call the client function");
    const again = h("button", { type: "button", onclick: () => this.refresh() }, "Check again");
    const heading = h("summary", null, `Bonafide report: ${chat.widget}`);
    this.#root = h("details", { class: "report", part: "report", lang: "en", dir: "ltr" }, heading, this.#list, run, again);
    base.append(this.#root);
    const failed = (error: ChatError) => {
      this.#error = error;
      this.#draw();
    };
    this.#stops = [chat.on("error", failed), chat.on("view", () => this.#draw())];
  }

  remove(): void {
    for (const stop of this.#stops) stop();
    this.#root.remove();
  }

  async refresh(): Promise<void> {
    this.#draw();
    this.#answer = await readConfig(this.#host.server, this.#host.chat.widget);
    this.#draw();
  }

  #provider(): { readonly name: string; readonly call: GetToken | null; readonly missing: string | null } {
    const own = this.#host.element.getToken as GetToken | undefined;
    if (own) return { name: "getToken of the element", call: own, missing: null };
    const path = this.#answer?.config?.clientFunction;
    return path ? { name: path, ...lookUp(path) } : { name: "none: this widget has no authentication setting", call: null, missing: null };
  }

  async #callFunction(): Promise<void> {
    const { call } = this.#provider();
    if (!call) return;
    this.#call = await callOnce(call, this.#answer?.config?.timeoutMs ?? 10_000);
    this.#draw();
  }

  #draw(): void {
    const { fill, h } = this.#dom;
    const rows = [...this.#serverRows(), ...this.#functionRows(), ...this.#pageRows()];
    const pairs = rows.map(([name, value, verdict = "plain"]) => [h("dt", null, name), h("dd", { class: verdict }, value)]);
    fill(this.#list, ...pairs.flat());
  }

  *#serverRows(): Generator<Row> {
    const { server } = this.#host;
    const answer = this.#answer;
    yield ["server", server];
    if (!answer) return yield ["configuration", "asking…"];
    const { config, status, detail, clockOffsetMs } = answer;
    if (!config) return yield ["configuration", `${status || ""} ${detail}`.trim(), "bad"];
    yield ["configuration", "read", "good"];
    yield ["sign-in", config.signIn];
    const seconds = clockOffsetMs / 1000;
    yield ["server's clock minus this one", `${seconds.toFixed(1)} s`, Math.abs(seconds) > 30 ? "bad" : "good"];
  }

  *#functionRows(): Generator<Row> {
    const { name, call, missing } = this.#provider();
    yield ["client function", name];
    if (missing) yield ["missing segment", missing, "bad"];
    else if (call) yield ["resolved", "yes", "good"];
    const report = this.#call;
    if (!report) return;
    yield ["called", `${report.outcome}, after ${report.ms} ms`, report.token ? "good" : "bad"];
    if (!report.token) return;
    for (const [claim, value] of Object.entries(masked(report.token, 0))) yield [`header ${claim}`, value];
    for (const [claim, value] of Object.entries(masked(report.token, 1))) yield [`claim ${claim}`, value];
  }

  *#pageRows(): Generator<Row> {
    const { view } = this.#host.chat;
    yield isWasmAllowed() ? ["WebAssembly", "allowed", "good"] : ["WebAssembly", "blocked: add 'wasm-unsafe-eval' to script-src", "bad"];
    yield ["chat", `${view.phase}, connection ${view.connection}, identity ${view.identity}`];
    const error = this.#error;
    if (!error) return yield ["last error", "none", "good"];
    yield ["last error", `${error.code}: ${error.message}`, "bad"];
    if (error.requestId) yield ["request id", error.requestId];
  }
}

function isWasmAllowed(): boolean {
  try {
    return Boolean(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])));
  } catch {
    return false;
  }
}
