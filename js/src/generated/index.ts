// All types that the engine tells the page about. Generated from Rust by `cargo xtask codegen`; edits are overwritten.
// The source is crates/widget/src/view.rs and crates/protocol/src.

export type { Appearance } from "./Appearance.js";
export type { Author } from "./Author.js";
export type { ChatFailure } from "./ChatFailure.js";
export type { Connection } from "./Connection.js";
export type { Delivery } from "./Delivery.js";
export type { ErrorCode } from "./ErrorCode.js";
export type { Identity } from "./Identity.js";
export type { LauncherPosition } from "./LauncherPosition.js";
export type { MessageView } from "./MessageView.js";
export type { Output } from "./Output.js";
export type { Phase } from "./Phase.js";
export type { SignIn } from "./SignIn.js";
export type { Timestamp } from "./Timestamp.js";
export type { View } from "./View.js";
