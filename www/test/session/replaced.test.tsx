// A session that another one takes the place of: nobody is asked to sign in, and what was open goes on with the new one.
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { ToldSocket, useToldSocket } from "../agent/toldSocket";
import { ada, ok, problem, script, visit } from "../scripted";

useToldSocket();

const over = () => problem(401, "session-expired", "The session is over.");

/** What the server does when the password was changed: every socket of the old session is closed. */
const closeSocket = (socket: ToldSocket | undefined) => socket?.dispatchEvent(Object.assign(new Event("close"), { code: 4401 }));

/** A server that ends the old session first, and gives the new one with an answer that may take long. */
function server() {
  const now = { isOver: false, answer: (_: { status: number; body?: unknown }) => {} };
  const asked = script({
    "GET /operator/session": () => (now.isOver ? over() : ok(ada)),
    "GET /agent/conversations": () => (now.isOver ? over() : ok({ items: [], next: null })),
    "PUT /operator/password": () =>
      new Promise((resolve) => {
        now.answer = resolve;
      }),
  });
  return { now, asked, sessionReads: () => asked.filter(({ path }) => path === "/operator/session").length };
}

async function change() {
  visit("/agent/password");
  await userEvent.type(await screen.findByLabelText("Password now"), "correct horse battery");
  await userEvent.type(screen.getByLabelText("New password"), "another horse battery");
  await userEvent.click(screen.getByRole("button", { name: "Change password" }));
}

describe("changing one's own password", () => {
  it("is not taken for the end of the session, when the old one ends before the answer is there", async () => {
    const { now, asked, sessionReads } = server();
    await change();
    const first = ToldSocket.last;
    now.isOver = true;
    closeSocket(first);
    // Long enough for a read that does not wait.
    await new Promise((done) => setTimeout(done, 100));
    expect(screen.queryByRole("alertdialog", { hidden: true })).not.toBeInTheDocument();
    now.isOver = false;
    now.answer({ status: 204 });
    expect(await screen.findByText("Password changed")).toBeInTheDocument();
    await waitFor(() => expect(ToldSocket.last).not.toBe(first));
    expect(screen.queryByRole("alertdialog", { hidden: true })).not.toBeInTheDocument();
    expect(asked.filter(({ method }) => method === "PUT")).toHaveLength(1);
    expect(sessionReads()).toBeGreaterThan(1);
  });

  it("opens the socket anew, also where the old one is closed after the answer", async () => {
    const { now } = server();
    await change();
    const first = ToldSocket.last;
    now.answer({ status: 204 });
    expect(await screen.findByText("Password changed")).toBeInTheDocument();
    await waitFor(() => expect(ToldSocket.last).not.toBe(first));
    closeSocket(first);
    await new Promise((done) => setTimeout(done, 50));
    expect(screen.queryByRole("alertdialog", { hidden: true })).not.toBeInTheDocument();
  });

  it("that is refused as the session ended asks to sign in", async () => {
    const { now } = server();
    await change();
    now.isOver = true;
    closeSocket(ToldSocket.last);
    now.answer(over());
    expect(await screen.findByRole("alertdialog", { hidden: true })).toHaveTextContent("Sign in again");
  });
});
