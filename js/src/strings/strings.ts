/** Finds the words for a language: English is here, the others are chunks that are loaded when a page needs them. */
import { forLanguage } from "../locale";
import { keys } from "../natives";
import { en, type Strings, type Words } from "./en";

const NAMES = /* @__PURE__ */ keys(en) as (keyof Strings)[];

/** A language's words, and the way it runs. */
export interface Language {
  readonly tag: string;
  readonly direction: "ltr" | "rtl";
  readonly strings: Strings;
}

const LOADERS: Readonly<Record<string, () => Promise<Strings>>> = {
  en: async () => en,
  ar: async () => (await import("./ar")).ar,
  de: async () => (await import("./de")).de,
  es: async () => (await import("./es")).es,
  fr: async () => (await import("./fr")).fr,
  ja: async () => (await import("./ja")).ja,
};

/** The languages there are words for. */
export const LANGUAGES: readonly string[] = /* @__PURE__ */ keys(LOADERS);

/** Loads a language by its BCP 47 tag. One without words, or that cannot be loaded, is English. */
export async function loadLanguage(tag: string, overrides: Words): Promise<Language> {
  const load = forLanguage(LOADERS, tag);
  let strings: Strings = en;
  try {
    strings = await load();
  } catch {
    // English is better than no chat.
  }
  const found = strings === en ? (/^en\b/i.test(tag) ? tag : "en") : tag;
  return { tag: found, direction: /^ar\b/i.test(found) ? "rtl" : "ltr", strings: { ...strings, ...overrides } };
}

/** Whether two languages say the same. Word by word: what JSON makes of an object is for the page to say, by a `toJSON`. */
export function isSame(one: Language, other: Language): boolean {
  return one.tag === other.tag && NAMES.every((name) => one.strings[name] === other.strings[name]);
}

/** Fills `{n}` or `{name}`; a name is isolated, so that its direction cannot turn the sentence around. */
export function fillIn(text: string, value: string | number): string {
  return text.replace(/\{(n|name)\}/, (_, hole) => (hole === "n" ? `${value}` : `\u2068${value}\u2069`));
}
