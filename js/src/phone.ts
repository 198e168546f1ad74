/** Which screens count as a phone's: on them the open chat takes all of it. Unknown where the page hides the browser's answer. */
import { matchMedia } from "./natives";
export const isPhone = (): boolean | undefined => matchMedia?.("(max-width:480px),(max-height:420px)")?.matches;
