// Two administrators change one record: nothing is lost, and what both changed is asked. And after a save nothing is unsaved.
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { AuthenticationSetting, AuthenticationSettingBody, WorkStream } from "../../src/api/types";
import { ok, problem, script, visit } from "../scripted";

// Without layout, what keeps the focus inside a dialog cannot see that it is there, and hides it from the tree.
const anyhow = { hidden: true };

const setting: AuthenticationSetting = {
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
  usedBy: [],
  version: 1,
  createdAt: "2026-11-22T20:00:00.000Z",
  updatedAt: "2026-11-22T20:00:00.000Z",
};

/** A server that keeps versions as ours does. */
function settingServer(stored: AuthenticationSetting) {
  const server = {
    stored,
    bodies: [] as AuthenticationSettingBody[],
    /** What of the next change the server takes exception to. */
    refuse: (_: AuthenticationSettingBody): ReturnType<typeof problem> | null => null,
    /** What is waited for before a change is answered. */
    before: Promise.resolve(),
    /** What somebody else saves. */
    other: (change: Partial<AuthenticationSetting>) => {
      server.stored = { ...server.stored, ...change, version: server.stored.version + 1 };
    },
  };
  script({
    "GET /admin/authentication-settings": () => ok({ items: [server.stored], next: null }),
    "GET /admin/authentication-settings/set_1": () => ok(server.stored),
    "PUT /admin/authentication-settings/set_1": async ({ headers, body }) => {
      await server.before;
      if (headers.get("if-match") !== `"${server.stored.version}"`) return problem(412, "record-changed", "Somebody else was first.");
      const sent = body as AuthenticationSettingBody;
      server.bodies.push(sent);
      const refusal = server.refuse(sent);
      if (refusal) return refusal;
      const owner = sent.owner ?? server.stored.owner;
      const { expectedIssuer = null, expectedAudience = null } = sent;
      server.stored = { ...server.stored, ...sent, owner, expectedIssuer, expectedAudience, leewaySeconds: Number(sent.leewaySeconds), singleUse: sent.singleUse === true, version: server.stored.version + 1 };
      return ok(server.stored);
    },
  });
  return server;
}

const save = async () => userEvent.click(await screen.findByRole("button", { name: "Save" }));

async function type(label: string, text: string) {
  const field = await screen.findByLabelText(label);
  await userEvent.clear(field);
  await userEvent.type(field, text);
}

describe("a setting that somebody else changed meanwhile", () => {
  it("keeps the restriction that the other one set", async () => {
    const server = settingServer(setting);
    visit("/admin/authentication-settings/set_1");
    await type("Name", "Web shop");
    server.other({ expectedAudience: "chat" });
    await save();
    expect(await screen.findByText(/their changes are kept: Expected audience/)).toBeInTheDocument();
    expect(server.stored).toMatchObject({ name: "Web shop", expectedAudience: "chat", version: 3 });
    expect(screen.getByLabelText("Expected audience")).toHaveValue("chat");
    // The next save is based on what was saved.
    await type("Name", "Shop again");
    await save();
    await waitFor(() => expect(server.stored).toMatchObject({ name: "Shop again", expectedAudience: "chat", version: 4 }));
  });

  it("is asked about where both changed the same, and nothing is saved before", async () => {
    const server = settingServer(setting);
    visit("/admin/authentication-settings/set_1");
    await type("Name", "Mine");
    await type("Owner", "Bo");
    server.other({ name: "Theirs", leewaySeconds: 30 });
    await save();
    const dialog = await screen.findByRole("alertdialog", anyhow);
    expect(server.bodies).toEqual([]);
    expect(within(dialog).getByText("Mine")).toBeInTheDocument();
    await userEvent.click(within(dialog).getByRole("button", { name: "Save", ...anyhow }));
    expect(server.bodies).toEqual([]);
    await userEvent.click(within(dialog).getByRole("radio", { name: "Theirs", ...anyhow }));
    await userEvent.click(within(dialog).getByRole("button", { name: "Save", ...anyhow }));
    await waitFor(() =>
      expect(server.stored).toMatchObject({ name: "Theirs", owner: "Bo", leewaySeconds: 30, version: 3 }),
    );
    await waitFor(() => expect(screen.getByLabelText("Name")).toHaveValue("Theirs"));
  });

  it("asks again after a return to the form", async () => {
    const server = settingServer(setting);
    visit("/admin/authentication-settings/set_1");
    await type("Name", "Mine");
    server.other({ name: "Theirs" });
    await save();
    const dialog = await screen.findByRole("alertdialog", anyhow);
    await userEvent.click(within(dialog).getByRole("button", { name: "Back to the form", ...anyhow }));
    await waitFor(() => expect(screen.queryByRole("alertdialog", anyhow)).not.toBeInTheDocument());
    await save();
    expect(await screen.findByRole("alertdialog", anyhow)).toBeInTheDocument();
    expect(server.stored.name).toBe("Theirs");
  });
});

describe("a change that is merged, and then refused", () => {
  const long = () => problem(422, "invalid-request", "A field is wrong.", [{ name: "name", code: "invalid", message: "Too long." }]);

  it("stands in the form with what was taken over, and is not said to be saved", async () => {
    const server = settingServer(setting);
    server.refuse = ({ name }) => (name === "Web shop" ? long() : null);
    visit("/admin/authentication-settings/set_1");
    await type("Name", "Web shop");
    server.other({ expectedAudience: "chat" });
    await save();
    expect(await screen.findByText("Too long.")).toBeInTheDocument();
    expect(screen.getByText(/^Not saved yet.*in the form now: Expected audience/)).toBeInTheDocument();
    expect(screen.getByLabelText("Expected audience")).toHaveValue("chat");
    expect(screen.queryByText(/^Saved/)).not.toBeInTheDocument();
    // Nor after an attempt that is not even sent.
    await userEvent.clear(screen.getByLabelText("Name"));
    await save();
    expect(screen.queryByText(/^Saved/)).not.toBeInTheDocument();
    await type("Name", "Shop 2");
    await save();
    await waitFor(() => expect(server.stored).toMatchObject({ name: "Shop 2", expectedAudience: "chat", version: 3 }));
    expect(server.bodies.map(({ name }) => name)).toEqual(["Web shop", "Shop 2"]);
  });

  it("is not asked about again where somebody chose", async () => {
    const server = settingServer(setting);
    visit("/admin/authentication-settings/set_1");
    await type("Name", "Mine");
    server.other({ name: "Theirs" });
    server.refuse = ({ name }) => (name === "Mine" ? long() : null);
    await save();
    const dialog = await screen.findByRole("alertdialog", anyhow);
    await userEvent.click(within(dialog).getByRole("radio", { name: "Yours", ...anyhow }));
    await userEvent.click(within(dialog).getByRole("button", { name: "Save", ...anyhow }));
    expect(await screen.findByText("Too long.")).toBeInTheDocument();
    await type("Name", "Mine too");
    await save();
    await waitFor(() => expect(server.stored).toMatchObject({ name: "Mine too", version: 3 }));
  });
});

describe("what is typed while a save is under way", () => {
  it("is not taken: it could hide what somebody else changed", async () => {
    const server = settingServer(setting);
    let answer = () => {};
    server.before = new Promise((resolve) => {
      answer = resolve;
    });
    visit("/admin/authentication-settings/set_1");
    await type("Name", "Web shop");
    server.other({ owner: "Them" });
    await save();
    const owner = screen.getByLabelText("Owner");
    expect(owner).toHaveAttribute("readonly");
    expect(owner.closest("form")).toHaveAttribute("aria-busy", "true");
    await userEvent.type(owner, " and me");
    await userEvent.click(screen.getByRole("button", { name: "Advanced" }));
    await userEvent.click(await screen.findByLabelText("Off"));
    answer();
    expect(await screen.findByText(/their changes are kept: Owner/)).toBeInTheDocument();
    expect(owner).toHaveValue("Them");
    expect(owner).not.toHaveAttribute("readonly");
    expect(screen.getByLabelText("Off")).not.toBeChecked();
    expect(server.stored).toMatchObject({ owner: "Them", singleUse: false });
  });
});

describe("a work stream that was saved", () => {
  it("can be left without a question, although the server wrote it a little otherwise", async () => {
    let stored: WorkStream = {
      id: "wst_1",
      name: "Shop",
      contextVariables: [{ name: "cart", type: "number" }],
      rules: [{ when: { all: [{ authenticated: true }] }, queue: "que_1", priority: 0 }],
      fallbackQueue: "que_1",
      resume: "never",
      closingReasons: [],
      closingReasonRequired: false,
      usedBy: [],
      warnings: [],
      version: 1,
      createdAt: "2026-11-22T20:00:00.000Z",
      updatedAt: "2026-11-22T20:00:00.000Z",
    };
    script({
      "GET /admin/queues": () => ok({ items: [{ id: "que_1", name: "General" }], next: null }),
      "GET /admin/work-streams": () => ok({ items: [stored], next: null }),
      "GET /admin/work-streams/wst_1": () => ok(stored),
      "PUT /admin/work-streams/wst_1": ({ body }) => {
        const sent = body as WorkStream;
        const warnings: WorkStream["warnings"] = [{ rule: 0, code: "never-matches", message: "It never matches." }];
        stored = { ...stored, ...sent, name: sent.name.trim(), warnings, version: stored.version + 1 };
        return ok(stored);
      },
    });
    const router = visit("/admin/work-streams/wst_1");
    await type("Name", " Web shop ");
    await type("Name of rule 1", "VIP");
    await save();
    await waitFor(() => expect(stored.version).toBe(2));
    expect(await screen.findByText("It never matches.")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("link", { name: "Cancel" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/admin/work-streams"));
    expect(screen.queryByText("Leave without saving?")).not.toBeInTheDocument();
  });
});
