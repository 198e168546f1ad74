// A chat widget as its form holds it, and back. Blank means: not given.
import type { Appearance, ChatWidget, ChatWidgetBody } from "../../api/types";

export interface WidgetValues {
  name: string;
  workStream: string;
  /** Empty for none. */
  authenticationSetting: string;
  signIn: ChatWidget["signIn"];
  /** One origin per line. */
  allowedOrigins: string;
  releaseSeconds: string;
  title: string;
  greeting: string;
  /** `#rrggbb`, or empty. */
  accentColor: string;
  position: "start" | "end";
}

export function valuesOf(widget: ChatWidget | null, workStream: string): WidgetValues {
  return {
    name: widget?.name ?? "",
    workStream: widget?.workStream.id ?? workStream,
    authenticationSetting: widget?.authenticationSetting?.id ?? "",
    signIn: widget?.signIn ?? "required",
    allowedOrigins: widget?.allowedOrigins.join("\n") ?? "",
    releaseSeconds: String(widget?.releaseSeconds ?? 600),
    title: widget?.appearance.title ?? "",
    greeting: widget?.appearance.greeting ?? "",
    accentColor: widget?.appearance.accentColor ?? "",
    position: widget?.appearance.position ?? "end",
  };
}

export function bodyOf(values: WidgetValues): ChatWidgetBody {
  return {
    name: values.name.trim(),
    workStream: values.workStream,
    authenticationSetting: values.authenticationSetting === "" ? null : values.authenticationSetting,
    signIn: values.signIn,
    allowedOrigins: originsOf(values.allowedOrigins),
    appearance: appearanceOf(values),
    releaseSeconds: Number(values.releaseSeconds),
  };
}

/** The lines that hold something. Commas are taken too: people paste lists. */
export function originsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((origin) => origin !== "");
}

function appearanceOf(values: WidgetValues): Appearance {
  const appearance: Appearance = { position: values.position };
  if (values.title.trim() !== "") appearance.title = values.title.trim();
  if (values.greeting.trim() !== "") appearance.greeting = values.greeting.trim();
  if (values.accentColor.trim() !== "") appearance.accentColor = values.accentColor.trim().toLowerCase();
  return appearance;
}
