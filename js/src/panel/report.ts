/** Shows the developers' report, or takes it away. The report itself is a chunk of its own, which few visitors load. */
import { adopt, fill, h, styleSheet } from "../element/dom";
import { whyNot } from "../engine/load";
import type { PanelHost } from "./host";

/** Does as the element's `debug` says; `isAlive` while the panel has not been disposed of. */
export function report(host: PanelHost, isAlive: () => boolean): void {
  host.hideReport?.();
  host.chat.trace = undefined;
  if (!host.element.hasAttribute("debug")) return;
  // Before the report is there to ask: the first call may come sooner.
  host.chat.trace = (call) => {
    host.call = call;
  };
  void import("../debug/report").then(
    ({ showReport }) => isAlive() && showReport(host, { adopt, fill, h, styleSheet, whyNot }),
    () => {}, // That the report could not be loaded is not the page's concern.
  );
}
