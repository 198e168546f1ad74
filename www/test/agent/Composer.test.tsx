// Where the agent writes: what Enter does while an input method composes a word, and what a draft survives.
import { FluentProvider } from "@fluentui/react-components";
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Composer } from "../../src/agent/chat/Composer";
import { createQueryClient } from "../../src/app/queryClient";
import { lightTheme } from "../../src/app/theme";
import { sessionQuery } from "../../src/session/session";
import { ada } from "../scripted";
import { summaryOf } from "./conversations";

function open(id = "con_1") {
  const cache = createQueryClient();
  cache.setQueryData(sessionQuery.queryKey, { operator: ada, isOver: false });
  const onSend = vi.fn<(text: string) => void>();
  render(
    <FluentProvider theme={lightTheme}>
      <QueryClientProvider client={cache}>
        <Composer key={id} id={id} summary={summaryOf({ id })} onSend={onSend} onTyping={() => {}} />
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
