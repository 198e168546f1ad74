// The door: signing in, where it leads afterwards, and the set-up secret that leaves the address bar.
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { ownPath } from "../../src/session/SignInPage";
import { ada, ok, problem, script, visit } from "../scripted";

describe("signing in", () => {
  it("leads back to where one wanted to go", async () => {
    let isSignedIn = false;
    const asked = script({
      "GET /operator/session": () => (isSignedIn ? ok(ada) : problem(401, "sign-in-required", "Sign in first.")),
      "POST /operator/session": () => {
        isSignedIn = true;
        return { status: 204 };
      },
      "GET /admin/queues": () => ok({ items: [], next: null }),
    });
    const router = visit("/admin/queues");
    await userEvent.type(await screen.findByLabelText("E-mail"), "ada@example.com");
    await userEvent.type(screen.getByLabelText("Password"), "correct horse battery{Enter}");
    expect(await screen.findByRole("heading", { name: "No queue yet" })).toBeInTheDocument();
    expect(router.state.location.pathname).toBe("/admin/queues");
    expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
      email: "ada@example.com",
      password: "correct horse battery",
    });
  });

  it("says why it did not work, in a sentence", async () => {
    script({
      "GET /operator/session": () => problem(401, "sign-in-required", "Sign in first."),
      "POST /operator/session": () => problem(401, "sign-in-required", "The e-mail address or the password is wrong."),
    });
    visit("/sign-in");
    await userEvent.type(await screen.findByLabelText("E-mail"), "a@example.com");
    await userEvent.type(screen.getByLabelText("Password"), "wrong{Enter}");
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("The e-mail address or the password is wrong.");
    // Whoever mistyped a password needs no code and no id.
    expect(alert).not.toHaveTextContent("req_1");
    expect(alert).not.toHaveTextContent("sign-in-required");
  });

  it("tells a right password whose session the browser did not keep from a wrong one", async () => {
    script({
      "GET /operator/session": () => problem(401, "sign-in-required", "Sign in first."),
      "POST /operator/session": () => ({ status: 204 }),
    });
    visit("/sign-in");
    await userEvent.type(await screen.findByLabelText("E-mail"), "a@example.com");
    await userEvent.type(screen.getByLabelText("Password"), "right{Enter}");
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("The password is right");
    expect(alert).toHaveTextContent(`Open https://${window.location.host}`);
  });

  it.each([
    ["/admin/queues?x=1", "/admin/queues?x=1"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["https://evil.example", "/"],
    [null, "/"],
  ])("returns from %s to %s", (asked, to) => {
    expect(ownPath(asked)).toBe(to);
  });
});

describe("the set-up link", () => {
  it("gives its secret up and leaves the address bar", async () => {
    window.history.replaceState(null, "", "/setup#s3cret%2Fwith+signs");
    vi.resetModules();
    const { setUpSecret } = await import("../../src/session/setUpSecret");
    expect(setUpSecret).toBe("s3cret/with+signs");
    expect(window.location.hash).toBe("");
  });

  it("is nothing on other pages", async () => {
    window.history.replaceState(null, "", "/docs/errors#token-expired");
    vi.resetModules();
    const { setUpSecret } = await import("../../src/session/setUpSecret");
    expect(setUpSecret).toBeNull();
    expect(window.location.hash).toBe("#token-expired");
  });
});
