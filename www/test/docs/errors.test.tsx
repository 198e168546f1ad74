// Every error code has a place that the server's problems can point to.
import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { codesInOrder } from "../../src/docs/errorCodes";
import { problem, script, visit } from "../scripted";

describe("the error codes", () => {
  it("each have an anchor and words", async () => {
    script({ "GET /operator/session": () => problem(401, "sign-in-required", "Sign in first.") });
    visit("/docs/errors");
    await screen.findByRole("heading", { name: "Error codes", level: 1 });
    expect(codesInOrder.length).toBeGreaterThan(30);
    for (const code of codesInOrder) {
      const place = document.getElementById(code);
      expect(place, code).not.toBeNull();
      expect(place?.querySelectorAll("p"), code).toHaveLength(2);
    }
  });
});
