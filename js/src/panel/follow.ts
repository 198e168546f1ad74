/** What the page hears of a chat, passed on from the engine to the element. It draws nothing. */
import { keep, recall } from "../storage";
import type { PanelHost } from "./host";

/** Passes on what happens; gives what stops that. */
export function follow(host: PanelHost, isShown: () => boolean): (() => void)[] {
  const { chat, element } = host;
  const { widget } = chat;
  const passedOn = (["started", "authenticated", "message", "ended"] as const).map((type) =>
    chat.on(type, (detail: unknown) => void host.tell(type, detail)),
  );
  const found = () => keep(widget, ":sign-in", "");
  return [
    ...passedOn,
    chat.on("view", () => host.draw()),
    chat.on("authenticated", found),
    chat.on("started", ({ authenticated }) => authenticated && found()),
    chat.on("error", (error) => {
      // On the sign-in page itself nobody is signed in yet, which is no news to anybody.
      if (isShown() || error.code !== "token-not-provided" || !recall(widget, ":sign-in")) host.fail(error);
    }),
    chat.on("message", ({ from }) => {
      if (from === "agent" && element.hasAttribute("sound") && (document.hidden || !isShown()))
        void import("../sound/tone").then(({ chime }) => chime()).catch(() => {});
    }),
  ];
}
