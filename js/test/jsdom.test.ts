// @vitest-environment jsdom
/** In jsdom, where websites' own tests run: it lacks much of a browser, and nothing may fail a test that is not about the chat. */
import { expect, it, vi } from "vitest";
import "../src/element";

it("draws its launcher, and tells by an event what it cannot have", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  expect("adoptedStyleSheets" in document, "else jsdom has become a better browser").toBe(false);
  const chat = document.createElement("bonafide-chat");
  const heard: string[] = [];
  for (const type of ["ready", "error"] as const) chat.addEventListener(type, () => heard.push(type));
  Object.assign(chat, { server: "https://chat.example.com", widget: "wgt_1" });
  document.body.append(chat);
  await vi.waitFor(() => expect(heard).toEqual(["ready"]));
  expect(chat.shadowRoot?.querySelectorAll("style"), "its styles").toHaveLength(1);
  // What it throws at nobody, the test's runner would show as an unhandled error, and fail.
  await chat.open();
  await expect(chat.start()).rejects.toThrow();
  await vi.waitFor(() => expect(heard).toContain("error"));
  chat.remove();
});
