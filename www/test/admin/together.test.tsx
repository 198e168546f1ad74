// Values of a record that belong together are merged as one: what two people made of them is never mixed.
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { valuesOf } from "../../src/admin/widgets/widgetValues";
import { wordsOf } from "../../src/admin/widgets/widgetWords";
import type { ChatWidget, Queue } from "../../src/api/types";
import { merge } from "../../src/forms/merge";
import { ok, problem, script, visit } from "../scripted";

const anyhow = { hidden: true };
const at = {
  version: 1,
  createdAt: "2026-11-22T20:00:00.000Z",
  updatedAt: "2026-11-22T20:00:00.000Z",
};

const queue: Queue = {
  id: "que_1",
  name: "General",
  members: ["opr_1"],
  absenceSeconds: 300,
  assignment: "pick",
  usedBy: [],
  waiting: 0,
  ...at,
};

/** A server with one queue that knows its version. */
function queueServer() {
  const server = {
    stored: queue,
    other: (change: Partial<Queue>) => {
      server.stored = {
        ...server.stored,
        ...change,
        version: server.stored.version + 1,
      };
    },
  };
  const people = [
    { id: "opr_1", name: "Ada" },
    { id: "opr_2", name: "Bo" },
  ];
  script({
    "GET /admin/operators": () => ok({ items: people, next: null }),
    "GET /admin/queues/que_1": () => ok(server.stored),
    "PUT /admin/queues/que_1": ({ headers, body }) => {
      if (headers.get("if-match") !== `"${server.stored.version}"`) return problem(412, "record-changed", "Somebody else was first.");
      server.other(body as Partial<Queue>);
      return ok(server.stored);
    },
  });
  return server;
}

const save = () => userEvent.click(screen.getByRole("button", { name: "Save" }));

describe("the members of a queue", () => {
  it("are asked about as a whole, where one made them everybody and another picked one more", async () => {
    const server = queueServer();
    visit("/admin/queues/que_1");
    await userEvent.click(await screen.findByLabelText("Everybody, also operators added later"));
    server.other({ members: ["opr_1", "opr_2"] });
    await save();
    const dialog = await screen.findByRole("alertdialog", anyhow);
    const members = within(dialog).getByRole("radiogroup", {
      name: "Members",
      ...anyhow,
    });
    expect(within(dialog).getAllByRole("radiogroup", anyhow)).toHaveLength(1);
    expect(members).toHaveTextContent("Everybody");
    expect(members).toHaveTextContent(/Ada\s*Bo/);
    await userEvent.click(within(members).getByRole("radio", { name: "Theirs", ...anyhow }));
    await userEvent.click(within(dialog).getByRole("button", { name: "Save", ...anyhow }));
    await waitFor(() =>
      expect(server.stored).toMatchObject({
        members: ["opr_1", "opr_2"],
        version: 3,
      }),
    );
    expect(await screen.findByLabelText("Bo")).toBeChecked();
  });

  it("are taken over as a whole, and whoever was picked is there after a look at everybody", async () => {
    const server = queueServer();
    visit("/admin/queues/que_1");
    await userEvent.click(await screen.findByLabelText("Everybody, also operators added later"));
    await userEvent.click(screen.getByLabelText("Only these operators"));
    expect(screen.getByLabelText("Ada")).toBeChecked();
    await userEvent.type(screen.getByLabelText("Name"), " 2");
    server.other({ members: null });
    await save();
    expect(await screen.findByText(/their changes are kept: Members\.$/)).toBeInTheDocument();
    expect(server.stored).toMatchObject({ name: "General 2", members: null });
  });
});

describe("a chat widget", () => {
  const widget: ChatWidget = {
    id: "wgt_1",
    name: "Shop",
    workStream: { id: "wst_1", name: "Shop" },
    authenticationSetting: { id: "set_1", name: "Shop" },
    signIn: "required",
    allowedOrigins: ["*"],
    appearance: { position: "start" },
    releaseSeconds: 600,
    files: { maxBytes: 10_485_760, types: ["image/png"] },
    ...at,
  };
  const form = (change: Partial<ChatWidget>) => valuesOf({ ...widget, ...change }, "");

  it("has its files as one, and by what a visitor is known as one", () => {
    const base = form({});
    const shut = merge(base, form({ files: null }), form({ files: { maxBytes: 1_048_576, types: ["image/png"] } }));
    expect(shut.conflicts).toEqual(["files"]);
    // A setting that is exchanged, and visitors let in without one: together nobody wanted that.
    const open = merge(base, form({ signIn: "optional" }), form({ authenticationSetting: { id: "set_2", name: "Other" } }));
    expect(open).toMatchObject({ conflicts: ["signIn"], taken: [] });
    expect(merge(base, form({ name: "New" }), form({ files: null }))).toMatchObject({ conflicts: [], taken: ["files"] });
  });

  it("tells them in words", () => {
    const words = wordsOf([], [{ id: "set_1", name: "Shop" }]);
    const { files, signIn } = form({});
    expect([words.files[1], words.signIn[0]]).toEqual([expect.any(Function), "Sign-in"]);
    const [, sayFiles] = words.files as [string, (value: typeof files) => string];
    const [, saySignIn] = words.signIn as [string, (value: typeof signIn) => string];
    expect([sayFiles(files), sayFiles(null)]).toEqual(["At most 10 MB\nPNG", "None may be sent"]);
    expect(saySignIn(signIn)).toBe("Shop\nVisitors must sign in first");
    expect(saySignIn({ ...signIn, setting: "" })).toBe("No authentication setting");
  });
});
