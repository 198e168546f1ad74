/** Which language the visitor reads: the page's, as it stands around the element. */
import { hasOwn } from "./natives";

/** The nearest `lang` above (or on) the element, else the browser's. */
export function pageLanguage(element: Element): string {
  return element.closest<HTMLElement>("[lang]")?.lang || document.documentElement.lang || navigator.language || "en";
}

/** The entry for a BCP 47 tag by its primary language, `pt` for `pt-BR`; English where there is none. */
export function forLanguage<T>(table: Readonly<Record<string, T>>, tag: string): T {
  const language = tag.toLowerCase().split(/[-_]/)[0] as string;
  return (hasOwn(table, language) ? table[language] : table.en) as T;
}
