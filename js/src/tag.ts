/** The script's own tag: which it is, and what it says. It looks at nothing else of the page, and changes nothing. */

/** Finds the tags that this script stands for: its own, or where nobody says which that is, all that name a widget. */
export function tags(): HTMLScriptElement[] {
  const own = document.currentScript as HTMLScriptElement | null;
  const all = [...document.querySelectorAll<HTMLScriptElement>('script[data-widget^="wgt_"],script[src*="widget=wgt_"]')];
  if (!own) return all;
  return given(own, "widget") == null ? [own, ...all] : [own];
}

/** What a tag says of one attribute: by `data-…`, or in its address, which no tag manager takes away. */
export function given(tag: HTMLScriptElement, name: string): string | null {
  // Not by `dataset`, which shows what a page put on the prototype of all objects.
  return tag.getAttribute(`data-${name}`) ?? new URLSearchParams(/\?[^#]*/.exec(tag.src)?.[0]).get(name);
}

/** The folder that the script came from, with a final slash. One that is a text in the page came from where its server is. */
export function homeOf(tag: HTMLScriptElement): string | undefined {
  const [file] = tag.src.split(/[?#]/) as [string];
  // Not from a `blob:` or `data:` address, which are no place.
  return /^[^:/]+:\/\/.*\//.exec(file)?.[0] ?? given(tag, "server")?.replace(/\/*$/, "/");
}
