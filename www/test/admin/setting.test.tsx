// Recording an authentication setting: what is sent, where a refusal is shown, what is asked before changes are lost.
import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { AuthenticationSetting } from "../../src/api/types";
import { ada, ok, problem, script, visit } from "../scripted";

const stored: AuthenticationSetting = {
  id: "set_1",
  name: "Shop",
  owner: "Ada",
  type: "oauth2-implicit",
  publicKeyUrl: "https://shop.example/keys",
  clientFunction: "auth.getAuthenticationToken",
  expectedIssuer: null,
  expectedAudience: null,
  leewaySeconds: 60,
  singleUse: false,
  usedBy: [{ id: "wgt_1", name: "Shop chat" }],
  createdAt: "2026-11-22T20:00:00.000Z",
  version: 1,
  updatedAt: "2026-11-22T20:00:00.000Z",
};
const noKeys = { code: null, message: "One usable key.", status: 200, contentType: null, bytes: 451, durationMs: 3, format: "pem", keys: [], passedOver: [] };

async function fill() {
  await userEvent.type(await screen.findByLabelText("Name"), "Shop");
  await userEvent.type(screen.getByLabelText("Public key URL"), "https://shop.example/keys");
  await userEvent.type(screen.getByLabelText("JavaScript client function"), "auth.getAuthenticationToken");
}

describe("a new authentication setting", () => {
  it("is sent, opened and tested at once", async () => {
    const asked = script({
      "POST /admin/authentication-settings": () => ({ status: 201, body: stored }),
      "GET /admin/authentication-settings/set_1": () => ok(stored),
      "POST /admin/authentication-settings/set_1/test": () => ok({ keys: noKeys, token: null }),
    });
    const router = visit("/admin/authentication-settings/new");
    await fill();
    expect(screen.getByLabelText("Authentication type")).toHaveValue("OAuth 2.0 implicit flow");
    expect(screen.getByLabelText("Owner")).toHaveValue("Ada");
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Keys found")).toBeInTheDocument();
    expect(router.state.location.pathname).toBe("/admin/authentication-settings/set_1");
    expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
      name: "Shop",
      owner: "Ada",
      publicKeyUrl: "https://shop.example/keys",
      clientFunction: "auth.getAuthenticationToken",
      leewaySeconds: 60,
      singleUse: false,
    });
  });

  it("shows what the server refuses at its fields, and goes to the first", async () => {
    script({
      "POST /admin/authentication-settings": () =>
        problem(422, "invalid-request", "Two fields are wrong.", [
          { name: "clientFunction", code: "invalid", message: "The name begins with something of the browser's." },
          { name: "publicKeyUrl", code: "invalid", message: "The address must begin with https." },
          { name: "elsewhere", code: "unknown", message: "There is no such field." },
        ]),
    });
    visit("/admin/authentication-settings/new");
    await fill();
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    const url = screen.getByLabelText("Public key URL");
    expect(await screen.findByText("The address must begin with https.")).toBeInTheDocument();
    expect(url).toHaveAttribute("aria-invalid", "true");
    expect(url).toHaveFocus();
    expect(screen.getByText(/There is no such field/)).toBeInTheDocument();
    await userEvent.type(url, "x");
    expect(screen.queryByText("The address must begin with https.")).toBeNull();
    expect(screen.getByLabelText("JavaScript client function")).toHaveAttribute("aria-invalid", "true");
  });

  it("does not send what lacks a required field", async () => {
    const asked = script({});
    visit("/admin/authentication-settings/new");
    await userEvent.click(await screen.findByRole("button", { name: "Save" }));
    expect(screen.getByLabelText("Name")).toHaveFocus();
    expect(asked.some(({ method }) => method === "POST")).toBe(false);
  });

  it("asks before changes are lost", async () => {
    script({ "GET /admin/authentication-settings": () => ok({ items: [], next: null }) });
    const router = visit("/admin/authentication-settings/new");
    await fill();
    await userEvent.click(screen.getByRole("link", { name: "Cancel" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(router.state.location.pathname).toBe("/admin/authentication-settings/new");
    await userEvent.click(within(dialog).getByRole("button", { name: "Discard changes" }));
    expect(await screen.findByText("No website is connected yet")).toBeInTheDocument();
  });
});

describe("a session that ends meanwhile", () => {
  it("is begun again in front of the page", async () => {
    let isOver = false;
    const over = () => problem(401, "session-expired", "The session is over.");
    script({
      "GET /operator/session": () => (isOver ? over() : ok(ada)),
      "GET /admin/queues": () => (isOver ? over() : ok({ items: [], next: null })),
      "GET /admin/authentication-settings": () => ok({ items: [stored], next: null }),
      "POST /operator/session": () => {
        isOver = false;
        return { status: 204 };
      },
    });
    const router = visit("/admin/authentication-settings");
    await screen.findByRole("link", { name: "Shop" });
    isOver = true;
    await act(() => router.navigate("/admin/queues"));
    const dialog = await screen.findByRole("alertdialog");
    expect(within(dialog).getByLabelText("E-mail")).toHaveValue("ada@example.com");
    await userEvent.type(within(dialog).getByLabelText("Password"), "correct horse battery{Enter}");
    expect(await screen.findByText("No queue yet")).toBeInTheDocument();
    expect(router.state.location.pathname).toBe("/admin/queues");
  });
});

describe("the test of a setting", () => {
  it("lists what was passed over, mistakes apart from keys for something else", async () => {
    const passedOver = [
      { entry: 1, kid: "old", isMistake: true, reason: "Line 1, column 10, entry 1 `n`: is missing." },
      { entry: 3, kid: null, isMistake: false, reason: "Line 1, column 90, entry 3 `kty`: is `EC`; a key for RS256 signatures has `RSA` there." },
    ];
    script({
      "GET /admin/authentication-settings/set_1": () => ok(stored),
      "POST /admin/authentication-settings/set_1/test": () =>
        ok({ keys: { ...noKeys, message: "Found 1 key; 1 entry cannot be used.", passedOver }, token: null }),
    });
    visit("/admin/authentication-settings/set_1");
    await userEvent.click(await screen.findByRole("button", { name: "Test the keys" }));
    expect(await screen.findByText(/1 entry cannot be used/)).toBeInTheDocument();
    const mistakes = within(screen.getByRole("table", { name: "Entries that cannot be used" }));
    expect(mistakes.getAllByRole("row")).toHaveLength(2);
    expect(mistakes.getByText("old")).toBeInTheDocument();
    expect(mistakes.getAllByRole("row")[1]).toHaveTextContent("Line 1, column 10, entry 1 n: is missing.");
    const others = within(screen.getByRole("table", { name: "Keys for something else" }));
    expect(others.getAllByRole("row")).toHaveLength(2);
    expect(others.getByText("none")).toBeInTheDocument();
    expect(others.getAllByRole("row")[1]).toHaveTextContent("is EC; a key for RS256 signatures has RSA there.");
  });

  it("says nothing of passed-over entries where there are none", async () => {
    script({
      "GET /admin/authentication-settings/set_1": () => ok(stored),
      "POST /admin/authentication-settings/set_1/test": () => ok({ keys: noKeys, token: null }),
    });
    visit("/admin/authentication-settings/set_1");
    await userEvent.click(await screen.findByRole("button", { name: "Test the keys" }));
    expect(await screen.findByText("Keys found")).toBeInTheDocument();
    expect(screen.queryByRole("table", { name: "Entries that cannot be used" })).toBeNull();
    expect(screen.queryByRole("table", { name: "Keys for something else" })).toBeNull();
  });
});
