// What every test stands on: matchers for what people see, and what the test browser does not have.
import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// In browsers a cancelled animation's promise counts as handled (Web Animations, "cancel an animation"); here not.
if (typeof Element !== "undefined") {
  const { animate } = Element.prototype;
  Element.prototype.animate = function (...given) {
    const animation = animate.apply(this, given);
    animation.finished.catch(() => {});
    return animation;
  };
}

// How long something may take to appear, on a machine that builds meanwhile. Nothing waits when it is there.
configure({ asyncUtilTimeout: 15_000 });

afterEach(cleanup);
