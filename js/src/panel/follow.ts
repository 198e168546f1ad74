/**
 * What the page hears of a chat, passed on from the engine to the element; and the way back from a sign-in on another page.
 * It draws nothing.
 */
import type { ChatError } from "../errors";
import { keep, recall } from "../storage";
import type { PanelHost, Seen } from "./host";

/** Passes on what happens; gives what stops that. */
export function follow(host: PanelHost, isShown: () => boolean): (() => void)[] {
  const { chat, element } = host;
  const { widget } = chat;
  const passedOn = (["started", "authenticated", "message", "ended"] as const).map((type) =>
    chat.on(type, (detail: unknown) => void host.tell(type, detail)),
  );
  const seen: Seen = {};
  host.seen = seen;
  chat.trace = (call) => {
    seen.call = element.hasAttribute("debug") ? call : { ...call, text: "" };
    seen.changed?.();
  };
  const found = () => keep(widget, ":sign-in", "");
  return [
    ...passedOn,
    chat.on("view", () => host.draw()),
    chat.on("authenticated", found),
    chat.on("started", ({ authenticated }) => authenticated && found()),
    chat.on("error", (error) => {
      seen.error = error;
      seen.changed?.();
      // On the sign-in page itself nobody is signed in yet, which is no news to anybody.
      if (isShown() || error.code !== "token-not-provided" || !recall(widget, ":sign-in")) host.fail(error);
    }),
    chat.on("message", ({ from }) => {
      if (from === "agent" && element.hasAttribute("sound") && (document.hidden || !isShown()))
        void import("../sound/tone").then(({ chime }) => chime()).catch(() => {});
    }),
  ];
}

/**
 * The visitor left to sign in, and here is a page again: asks for a token once, and opens the chat where there is one. Where
 * there is none, this may be the page to sign in on: nothing is put over it, and the next page asks.
 */
export async function comeBack({ chat, open }: PanelHost): Promise<void> {
  try {
    const { authenticated } = await chat.start();
    if (!authenticated) await chat.authenticate();
  } catch (error) {
    if ((error as ChatError).code === "token-not-provided") return;
  }
  keep(chat.widget, ":sign-in", "");
  open();
}
