/** `@bonafide/chat/element`: importing it defines `<bonafide-chat>`. On a server, where there is no DOM, it does nothing. */
import { defineElement } from "./element/define";

defineElement(() => import("./chat/module"));

export { BonafideChatElement } from "./element/element";
export type { BonafideChatAttributes, BonafideChatJSX, BonafideChatListeners } from "./jsx";
