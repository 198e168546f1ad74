/** What is loaded when the chat is first opened: the entry of the lazy chunk. */
import type { PanelHost } from "../panel/panel";

export { Panel } from "../panel/panel";
export { createChat } from "./create";

/** Loads and shows the developers' report, a chunk of its own. */
export async function showReport(host: PanelHost): Promise<void> {
  const { showReport: show } = await import("../debug/report");
  show(host);
}
