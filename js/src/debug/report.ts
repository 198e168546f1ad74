/** placeholder until written below */
import type { PanelHost } from "../panel/panel";
export function showReport(_host: PanelHost): void {}
