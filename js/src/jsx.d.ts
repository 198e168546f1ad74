/**
 * `<bonafide-chat>` in JSX: React 18 and 19, Preact, Solid, and whatever reads the global `JSX`. Types only.
 *
 * Each framework keeps the names of elements in a namespace of its own. Where it is not installed, the compiler is told to pass
 * over that declaration, as nobody can write such JSX there: for this, each stands on one line.
 */
import type { BonafideChatElement } from "./element/element";
import type { GetToken } from "./engine/pkg/bonafide_widget";
import type { ElementEvents } from "./events";
import type { Words } from "./strings/en";

/** What is written on a `<bonafide-chat>` in JSX: its attributes and properties, and listeners for its events. */
export type BonafideChatJSX = BonafideChatAttributes & BonafideChatListeners;

/** The element's attributes, by their names in HTML, and those of its properties that have none. */
export interface BonafideChatAttributes {
  widget?: string | undefined;
  server?: string | undefined;
  lang?: string | undefined;
  open?: boolean | "" | undefined;
  position?: "start" | "end" | undefined;
  "accent-color"?: string | undefined;
  theme?: "auto" | "light" | "dark" | "system" | undefined;
  launcher?: "none" | undefined;
  sound?: boolean | "" | undefined;
  debug?: boolean | "" | undefined;
  getToken?: GetToken | undefined;
  strings?: Words | undefined;
}

type Listeners<Prefix extends string> = {
  [K in keyof ElementEvents as `${Prefix}${K}`]?: ((event: CustomEvent<ElementEvents[K]>) => void) | undefined;
};

/** `onstarted` and its like, as React 19 and Preact take them, and `on:started`, as Solid does. */
export interface BonafideChatListeners extends Listeners<"on">, Listeners<"on:"> {}

/** What every element may have where no framework says it better. */
interface Anything {
  id?: string | undefined;
  class?: string | undefined;
  className?: string | undefined;
  slot?: string | undefined;
  hidden?: boolean | undefined;
  dir?: string | undefined;
  style?: unknown;
  key?: string | number | bigint | null | undefined;
  ref?: unknown;
}

declare global {
  namespace JSX {
    interface IntrinsicElements {
      "bonafide-chat": BonafideChatJSX & Anything;
    }
  }
}

// biome-ignore format: the compiler passes over one line
// @ts-ignore: React is not installed
declare module "react" { namespace JSX { interface IntrinsicElements { "bonafide-chat": BonafideChatJSX & Omit<DetailedHTMLProps<HTMLAttributes<BonafideChatElement>, BonafideChatElement>, keyof BonafideChatJSX>; } } }

// biome-ignore format: the compiler passes over one line
// @ts-ignore: Preact is not installed
declare module "preact" { namespace JSX { interface IntrinsicElements { "bonafide-chat": BonafideChatJSX & Omit<import("preact").HTMLAttributes<BonafideChatElement>, keyof BonafideChatJSX>; } } }

// biome-ignore format: the compiler passes over one line
// @ts-ignore: Solid is not installed
declare module "solid-js/jsx-runtime" { namespace JSX { interface IntrinsicElements { "bonafide-chat": BonafideChatJSX & Omit<HTMLAttributes<BonafideChatElement>, keyof BonafideChatJSX>; } } }
