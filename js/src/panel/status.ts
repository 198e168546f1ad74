/** What a state means in words: pure functions from the engine's view to text. */
import type { View } from "../engine/pkg/bonafide_widget";
import type { Strings } from "../strings/en";
import { fillIn } from "../strings/strings";
import { plainName } from "./rich-text";

/** Where the chat stands, for the line under the title and for announcements. */
export function statusLine(view: View, strings: Strings): string {
  switch (view.phase) {
    case "idle":
    case "ready":
    case "sign-in-needed":
    case "failed":
      return "";
    case "configuring":
      return strings.loading;
    case "authenticating":
      return strings.authenticating;
    case "starting":
      return strings.starting;
    case "waiting":
      return strings.waiting;
    case "active":
      return fillIn(strings.joined, agentName(view.agent, strings));
    case "ended":
      return strings.ended;
  }
}

/** The visitor's place in the queue, empty when they do not wait. */
export function queueLine(view: View, strings: Strings): string {
  if (view.phase !== "waiting" || !view.position) return "";
  return view.position === 1 ? strings.next : fillIn(strings.position, view.position);
}

/** An agent's name as it is shown: stripped of what could disguise it, never empty. */
export function agentName(name: string | null | undefined, strings: Strings): string {
  return plainName(name ?? "") || strings.agent;
}

/** Whether messages are taken: from the first moment, for they go when there is an engine and a conversation. */
export function canWrite(view: View): boolean {
  return view.phase !== "ended";
}

/** Whether something is under way that the visitor waits for. */
export function isBusy(view: View): boolean {
  return view.phase === "configuring" || view.phase === "authenticating" || view.phase === "starting";
}
