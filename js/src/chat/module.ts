/** What is loaded when the chat is first opened: the entry of the lazy chunk. */
import { find } from "bonafide:browser";
import { adopt, fill, h } from "../element/dom";
import type { PanelHost } from "../panel/host";

export { Panel } from "../panel/panel";
export { createChat } from "./create";

/** Loads and shows the developers' report, a chunk of its own; the returned function takes it away again. */
export async function showReport(host: PanelHost): Promise<() => void> {
  return (await import("../debug/report")).showReport(host, { adopt, fill, h, find });
}
