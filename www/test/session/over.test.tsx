// A session that ended: nothing of the page is seen, and another person who signs in does not find it.
import { FluentProvider } from "@fluentui/react-components";
import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { PrintSheet } from "../../src/agent/print/PrintSheet";
import { createQueryClient } from "../../src/app/queryClient";
import { lightTheme } from "../../src/app/theme";
import { sessionQuery } from "../../src/session/session";
import { keepUnfinished, readUnfinished } from "../../src/session/unfinished";
import { summaryOf } from "../agent/conversations";
import { ToldSocket, useToldSocket } from "../agent/toldSocket";
import { ada, ok, problem, script, visit } from "../scripted";

useToldSocket();

const anyhow = { hidden: true };
const queue = { id: "que_1", name: "General", usedBy: [], members: null, absenceSeconds: 120, assignment: "pick", waiting: 0, version: 1 };

/** Somebody whose session ends, and who signs in next. */
async function ended(next: typeof ada) {
  const now = { session: () => ok(ada) };
  script({
    "GET /operator/session": () => now.session(),
    "POST /operator/session": () => {
      now.session = () => ok(next);
      return { status: 204 };
    },
    "GET /admin/queues/que_1": () => ok(queue),
    "GET /admin/operators": () => ok({ items: [], next: null }),
  });
  visit("/admin/queues/que_1");
  await userEvent.type(await screen.findByLabelText("Name"), " of Ada");
  now.session = () => problem(401, "session-expired", "The session is over.");
  return {
    end: async () => {
      ToldSocket.last?.dispatchEvent(Object.assign(new Event("close"), { code: 4401 }));
      return screen.findByRole("alertdialog", anyhow);
    },
    signIn: async (dialog: HTMLElement) => {
      await userEvent.type(within(dialog).getByLabelText("Password"), "correct horse battery{Enter}");
    },
  };
}

const page = () => screen.getByLabelText("Name").closest("[inert]");

describe("whoever is signed out", () => {
  it("finds the page as it was after they signed in again", async () => {
    const { end, signIn } = await ended(ada);
    const dialog = await end();
    expect(page()).not.toBeNull();
    expect(document.body).toHaveClass("bonafide-session-over");
    expect(dialog.closest("[data-portal-node]")).toHaveClass("bonafide-sign-in-again");
    await signIn(dialog);
    await waitFor(() => expect(page()).toBeNull());
    expect(screen.getByLabelText("Name")).toHaveValue("General of Ada");
    expect(document.body).not.toHaveClass("bonafide-session-over");
  });

  it("prints nothing", async () => {
    const cache = createQueryClient();
    const now: { session: () => ReturnType<typeof ok> } = { session: () => ok(ada) };
    script({ "GET /operator/session": () => now.session() });
    await cache.fetchQuery(sessionQuery);
    render(
      <FluentProvider theme={lightTheme}>
        <QueryClientProvider client={cache}>
          <PrintSheet summary={summaryOf()} />
        </QueryClientProvider>
      </FluentProvider>,
    );
    const print = () => act(() => window.dispatchEvent(new Event("beforeprint")));
    const sheet = () => document.querySelector(".bonafide-print");
    print();
    await waitFor(() => expect(sheet()).not.toBeNull());
    now.session = () => problem(401, "session-expired", "The session is over.");
    await act(() => cache.invalidateQueries({ queryKey: sessionQuery.queryKey }));
    await waitFor(() => expect(sheet()).toBeNull());
    print();
    expect(sheet()).toBeNull();
  });
});

describe("another person who signs in instead", () => {
  it("is sent to a page of their own, and sees nothing of the former one's meanwhile", async () => {
    const gone = vi.spyOn(window.location, "assign").mockImplementation(() => {});
    const { end, signIn } = await ended({ ...ada, id: "opr_2", name: "Bo" });
    keepUnfinished("opr_1", "draft:con_1", "of Ada");
    await signIn(await end());
    await waitFor(() => expect(gone).toHaveBeenCalledWith("/"));
    await new Promise((done) => setTimeout(done, 50));
    expect(page()).not.toBeNull();
    expect(readUnfinished("opr_1", "draft:con_1")).toBeNull();
  });

  it("finds nothing either where they signed in elsewhere in the browser", async () => {
    const cache = createQueryClient();
    const over = { operator: ada, isOver: true };
    cache.setQueryData(sessionQuery.queryKey, over);
    script({ "GET /operator/session": () => ok({ ...ada, id: "opr_2", name: "Bo" }) });
    expect(await cache.fetchQuery({ ...sessionQuery, staleTime: 0 })).toEqual(over);
  });
});
