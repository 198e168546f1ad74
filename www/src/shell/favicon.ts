// The page's icon with a count in its corner.
import { useEffect } from "react";

/** The product's icon; `public/icon.svg` is the same one without a count. */
const logo =
  '<path fill="#4a4fd8" d="M8 3h16a6 6 0 0 1 6 6v10a6 6 0 0 1-6 6h-5l-6.2 4.7A.5.5 0 0 1 12 29.3V25H8a6 6 0 0 1-6-6V9a6 6 0 0 1 6-6z"/>' +
  '<path fill="none" stroke="#fff" stroke-width="3.2" stroke-linecap="round" stroke-linejoin="round" d="m10.5 14.3 4 4 7.5-8"/>';

/** Shows a count in the icon while it is not 0. */
export function useFaviconCount(count: number): void {
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>("link[rel=icon]");
    if (link === null || count === 0) return;
    const plain = link.href;
    link.href = iconWith(count);
    return () => {
      link.href = plain;
    };
  }, [count]);
}

/** An address of the icon with the count; more than two digits do not fit. */
export function iconWith(count: number): string {
  const text = count > 99 ? "99+" : String(count);
  const width = 12 + 6 * text.length;
  const badge =
    `<rect x="${32 - width}" y="14" width="${width}" height="18" rx="9" fill="#c50f1f"/>` +
    `<text x="${32 - width / 2}" y="28.5" fill="#fff" font-family="sans-serif" font-weight="700" font-size="15" ` +
    `text-anchor="middle">${text}</text>`;
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${logo}${badge}</svg>`)}`;
}
