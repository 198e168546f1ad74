/** What is loaded when the chat is first opened: the entry of the lazy chunk. */
export { connectEngine, whyNot } from "../engine/load";
export { Panel } from "../panel/panel";
export { createChat } from "./create";
