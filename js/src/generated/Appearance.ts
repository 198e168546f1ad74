// What the engine tells the page. Generated from Rust by `cargo xtask codegen`; edits are overwritten.
// The source is crates/widget/src/view.rs and crates/protocol/src.
import type { LauncherPosition } from "./LauncherPosition.js";

/**
 * How a chat widget looks and what it says. Absent fields take the widget's defaults.
 */
export type Appearance = {
/**
 * The chat's heading, at most 60 characters.
 */
title?: string | null,
/**
 * Shown before the first message, at most 500 characters.
 */
greeting?: string | null,
/**
 * Colour of launcher and own messages as `#rrggbb`.
 */
accentColor?: string | null,
/**
 * Corner of the page; `end` is right in left-to-right pages.
 */
position?: LauncherPosition | null, };
