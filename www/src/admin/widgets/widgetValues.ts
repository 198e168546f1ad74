// A chat widget as its form holds it, and back. Blank means: not given.
import type { Appearance, ChatWidget, ChatWidgetBody, FileType } from "../../api/types";
import { fileTypes } from "./fileTypes";

/** By what a visitor is known, and who may chat unknown: the one says little without the other. */
export interface SignIn {
  /** The authentication setting; empty for none. */
  setting: string;
  unknown: ChatWidget["signIn"];
}

/** Which files may be sent. */
export interface Files {
  /** The largest, in units of 1,024 × 1,024 bytes. */
  megabytes: string;
  types: FileType[];
}

export interface WidgetValues {
  name: string;
  workStream: string;
  signIn: SignIn;
  /** One origin per line. */
  allowedOrigins: string;
  releaseSeconds: string;
  /** Null: none may be sent. */
  files: Files | null;
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
    signIn: { setting: widget?.authenticationSetting?.id ?? "", unknown: widget?.signIn ?? "required" },
    allowedOrigins: widget?.allowedOrigins.join("\n") ?? "",
    releaseSeconds: String(widget?.releaseSeconds ?? 600),
    files: widget?.files ? { megabytes: String(widget.files.maxBytes / megabyte), types: widget.files.types } : null,
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
    authenticationSetting: values.signIn.setting === "" ? null : values.signIn.setting,
    signIn: values.signIn.unknown,
    allowedOrigins: originsOf(values.allowedOrigins),
    appearance: appearanceOf(values),
    releaseSeconds: Number(values.releaseSeconds),
    files: values.files && { maxBytes: bytesOf(values.files.megabytes), types: values.files.types },
  };
}

const megabyte = 1024 * 1024;

/** What the form begins with when files are let in. */
export const usualFiles: Files = {
  megabytes: "10",
  types: fileTypes,
};

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
