// The list of canned replies by keyboard alone.
import { FluentProvider } from "@fluentui/react-components";
import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { describe, expect, it, vi } from "vitest";
import { ReplyPicker } from "../../src/agent/replies/ReplyPicker";
import { createQueryClient } from "../../src/app/queryClient";
import { lightTheme } from "../../src/app/theme";
import { ok, script } from "../scripted";

const reply = (name: string) => ({ id: `rpl_${name}`, name, text: "x", shared: true, createdAt: "", updatedAt: "" });

function open(until: Promise<void> = Promise.resolve()) {
  script({ "GET /agent/canned-replies": () => until.then(() => ok({ items: ["Bye", "Hello", "Help"].map(reply), next: null })) });
  const told = { onOpenChange: vi.fn(), onPick: vi.fn(), onSlash: vi.fn() };
  render(
    <FluentProvider theme={lightTheme}>
      <QueryClientProvider client={createQueryClient()}>
        <MemoryRouter>
          <ReplyPicker isOpen {...told} />
        </MemoryRouter>
      </QueryClientProvider>
    </FluentProvider>,
  );
  return told;
}

describe("the list of canned replies", () => {
  it("is filtered while typing, moved through with arrows, and picked from with Enter", async () => {
    const { onPick } = open();
    const box = await screen.findByRole("combobox", { name: "Find a canned reply" });
    await screen.findByRole("option", { name: /^Bye/ });
    await userEvent.type(box, "hel");
    expect(screen.getAllByRole("option")).toHaveLength(2);
    await userEvent.type(box, "{ArrowDown}");
    const help = screen.getByRole("option", { name: /^Help/ });
    expect(help).toHaveAttribute("aria-selected", "true");
    expect(box).toHaveAttribute("aria-activedescendant", help.id);
    // Around the end.
    await userEvent.type(box, "{ArrowDown}");
    expect(screen.getByRole("option", { name: /^Hello/ })).toHaveAttribute("aria-selected", "true");
    await userEvent.type(box, "{ArrowUp}{Enter}");
    expect(onPick).toHaveBeenCalledWith(expect.objectContaining({ name: "Help" }));
  });

  it("picks what fits when it is there, where Enter came before", async () => {
    let arrive = () => {};
    const { onPick } = open(new Promise((resolve) => (arrive = resolve)));
    await userEvent.type(await screen.findByRole("combobox", { name: "Find a canned reply" }), "help{Enter}");
    expect(onPick).not.toHaveBeenCalled();
    arrive();
    await vi.waitFor(() => expect(onPick).toHaveBeenCalledWith(expect.objectContaining({ name: "Help" })));
    expect(onPick).toHaveBeenCalledOnce();
  });

  it("writes a slash for a second one, and picks nothing where none fits", async () => {
    const { onPick, onSlash } = open();
    const box = await screen.findByRole("combobox", { name: "Find a canned reply" });
    await screen.findByRole("option", { name: /^Bye/ });
    await userEvent.type(box, "zz{Enter}");
    expect(screen.getByRole("status")).toHaveTextContent("None fits.");
    expect(onPick).not.toHaveBeenCalled();
    await userEvent.clear(box);
    await userEvent.type(box, "/");
    expect(onSlash).toHaveBeenCalledOnce();
    expect(box).toHaveValue("");
  });
});
