// A chat widget as its form holds it, and back. Blank means: not given.
import type { Appearance, ChatWidget, ChatWidgetBody, FileType } from "../../api/types";

export interface WidgetValues {
  name: string;
  workStream: string;
  /** Empty for none. */
  authenticationSetting: string;
  signIn: ChatWidget["signIn"];
  /** One origin per line. */
  allowedOrigins: string;
  releaseSeconds: string;
  takesFiles: boolean;
  /** The largest file, in units of 1,024 × 1,024 bytes. */
  fileMegabytes: string;
  fileTypes: FileType[];
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
    takesFiles: widget?.files != null,
    fileMegabytes: String((widget?.files?.maxBytes ?? 10 * megabyte) / megabyte),
    fileTypes: widget?.files?.types ?? ["image/png", "image/jpeg", "image/webp", "image/gif", "application/pdf"],
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
    files: values.takesFiles ? { maxBytes: bytesOf(values.fileMegabytes), types: values.fileTypes } : null,
  };
}

const megabyte = 1024 * 1024;

/** Whether a size can be sent. Which ones are allowed, the server says. */
export const isMegabytes = (text: string): boolean => /^\s*\d{1,4}([.,]\d+)?\s*$/.test(text);

const bytesOf = (megabytes: string): number => Math.round(Number(megabytes.trim().replace(",", ".")) * megabyte);

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
