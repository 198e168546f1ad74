// What every test stands on: matchers for what people see, and what the test browser does not have.
import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

// The test browser's animations reject when they are cancelled; without them Fluent shows and hides at once.
if (typeof Element !== "undefined") Reflect.deleteProperty(Element.prototype, "animate");

afterEach(cleanup);
