// What of a page is wider than the screen. Evaluated in the page, so it may use nothing from outside itself.

/** What sticks out of the page's right side, and is in nothing that can be scrolled by itself. */
export const sticksOut = (): string[] => {
  const main = document.querySelector("main") ?? document.body;
  const isOut = (element: Element) => {
    const { right, width } = element.getBoundingClientRect();
    if (width < 2 || right <= innerWidth + 1) return false;
    for (let parent = element.parentElement; parent && parent !== main; parent = parent.parentElement) {
      if (getComputedStyle(parent).overflowX !== "visible") return false;
    }
    return true;
  };
  // A dialog's content scrolls instead, which nobody sees.
  const wide = [...document.querySelectorAll(".fui-DialogContent")].filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1);
  return [...[...main.querySelectorAll("*")].filter(isOut), ...wide].map((element) => `${element.localName}: ${element.textContent?.slice(0, 60)}`);
};
