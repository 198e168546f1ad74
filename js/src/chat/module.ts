/** What is loaded when the chat is first opened: the entry of the lazy chunk. */
export { Panel } from "../panel/panel";
export { createChat } from "./create";
