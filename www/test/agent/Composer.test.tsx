// Where the agent writes: what Enter does while an input method composes a word, and what a draft survives.
import { FluentProvider } from "@fluentui/react-components";
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Composer } from "../../src/agent/chat/Composer";
import { NoteBar } from "../../src/agent/chat/NoteBar";
import { createQueryClient } from "../../src/app/queryClient";
import { lightTheme } from "../../src/app/theme";
import { sessionQuery } from "../../src/session/session";
import { ada, ok, problem, script } from "../scripted";
import { summaryOf } from "./conversations";

function open(id = "con_1") {
  const cache = createQueryClient();
  cache.setQueryData(sessionQuery.queryKey, { operator: ada, isOver: false });
  const onSend = vi.fn<(text: string) => void>();
  render(
    <FluentProvider theme={lightTheme}>
      <QueryClientProvider client={cache}>
        <MemoryRouter>
          <NoteBar id={id} />
          <Composer key={id} id={id} summary={summaryOf({ id })} onSend={onSend} onTyping={() => {}} />
        </MemoryRouter>
      </QueryClientProvider>
    </FluentProvider>,
  );
  return { onSend, box: screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Message" }) };
}

beforeEach(() => sessionStorage.clear());

describe("Enter", () => {
  it("sends, but not with Shift, and not while an input method composes a word", () => {
    const { box, onSend } = open();
    fireEvent.change(box, { target: { value: "にほn" } });
    fireEvent.keyDown(box, { key: "Enter", isComposing: true });
    fireEvent.keyDown(box, { key: "Enter", keyCode: 229 });
    fireEvent.keyDown(box, { key: "Enter", shiftKey: true });
    expect(onSend).not.toHaveBeenCalled();
    fireEvent.keyDown(box, { key: "Enter", keyCode: 13 });
    expect(onSend).toHaveBeenCalledWith("にほn");
    expect(box).toHaveValue("");
  });
});

describe("a draft", () => {
  it("survives a reload and a look at another conversation, and is gone once it is sent", () => {
    fireEvent.change(open().box, { target: { value: "half a sen" } });
    cleanup();
    expect(open("con_2").box).toHaveValue("");
    cleanup();
    const { box } = open();
    expect(box).toHaveValue("half a sen");
    fireEvent.keyDown(box, { key: "Enter", keyCode: 13 });
    cleanup();
    expect(open().box).toHaveValue("");
  });
});

describe("the list of canned replies", () => {
  const opened = async () => {
    script({ "GET /agent/canned-replies": () => ok({ items: [], next: null }) });
    const { box } = open();
    await userEvent.click(screen.getByRole("button", { name: "Note for colleagues" }));
    const note = screen.getByRole("textbox", { name: "Note, only for colleagues" });
    await userEvent.type(box, "/");
    // Without a layout the library may take the open list for hidden.
    await screen.findByRole("combobox", { name: "Find a canned reply", hidden: true });
    return { box, note };
  };
  const closed = () => vi.waitFor(() => expect(screen.queryByRole("combobox", { hidden: true })).toBeNull());

  it("gives the caret back after Escape", async () => {
    const { box } = await opened();
    await userEvent.keyboard("{Escape}");
    await vi.waitFor(() => expect(box).toHaveFocus());
  });

  it("leaves the focus in the field that was clicked: a note does not go to the visitor", async () => {
    const { box, note } = await opened();
    await userEvent.click(note);
    await closed();
    // The focus would be given back by a timer that began before this one.
    await new Promise((later) => setTimeout(later));
    await userEvent.keyboard("only for us");
    expect(box).toHaveValue("");
    expect(note).toHaveValue("only for us");
  });
});

describe("a note that was not saved", () => {
  const path = "POST /agent/conversations/con_1/notes";
  const noteBox = () => screen.getByRole("textbox", { name: "Note, only for colleagues" });

  it("survives a reload with its client id, so that it is there once, and is gone once it is saved", async () => {
    const first = script({ [path]: () => problem(503, "unavailable", "Not now.") });
    open();
    await userEvent.click(screen.getByRole("button", { name: "Note for colleagues" }));
    await userEvent.type(noteBox(), "call back{Enter}");
    await screen.findByText("The note is not saved");
    cleanup();
    // What a reload leaves.
    expect(JSON.stringify(Object.entries(sessionStorage))).toContain("call back");

    const second = script({ [path]: ({ body }) => ok({ ...(body as object), id: "not_1", number: 1, afterSeq: 0 }) });
    open();
    expect(noteBox()).toHaveValue("call back");
    await userEvent.type(noteBox(), "{Enter}");
    await screen.findByRole("button", { name: "Note for colleagues" });
    expect(second.map(({ body }) => body)).toEqual(first.map(({ body }) => body));
    expect(sessionStorage).toHaveLength(0);
  });
});
