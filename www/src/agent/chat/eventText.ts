// What happened to a conversation, in words. Only agents read them.
import type { ConversationEvent } from "../../api/types";

/** One sentence without its full stop. An event this console does not know (a newer server's) gives null: it is left out. */
export function eventText({ kind, by, name, detail }: ConversationEvent): string | null {
  const who = name ?? "An agent";
  const person = name ?? "an unnamed person";
  switch (kind) {
    case "accepted":
      return `${who} accepted the conversation`;
    case "pushed":
      return `The queue gave the conversation to ${name ?? "an agent"}`;
    case "handed-back":
      return `The conversation waits again; ${name ?? "another agent"} had it`;
    case "offered":
      return `${who} offered this to ${detail ?? "a colleague"}`;
    case "offer-declined":
      return `${who} declined`;
    case "offer-withdrawn":
      return `${who} took the offer back`;
    case "offer-lapsed":
      return `${who} did not answer the offer`;
    case "handed-over":
      return `${who} handed this to ${detail ?? "a colleague"}`;
    case "requeued":
      return `${who} handed this to the queue ${detail ?? "of a colleague"}`;
    case "taken-over":
      return `${who} took this over${detail == null ? "" : ` from ${detail}`}`;
    case "assigned":
      return `${detail ?? "A supervisor"} assigned this to ${name ?? "an agent"}`;
    case "joined":
      return `${who} joined`;
    case "left":
      return `${who} left`;
    case "closed":
      return closedText(by, who, detail ?? null);
    case "authenticated":
      return `The visitor proved to be ${person}`;
    case "renewed":
      return "The proof of who the visitor is was renewed";
    case "resumed":
      return "The visitor goes on from another page or device";
    case "identity-changed":
      return `The visitor is called ${person} from now on${detail == null ? "" : `, and was called ${detail}`}`;
    case "lapsed":
      return "The proof of who the visitor is ran out: what comes after is not proved";
    case "other-person":
      return "Somebody else signed in on the visitor's page; their token was refused";
    case "signed-out":
      return "The visitor signed out";
    default:
      return null;
  }
}

function closedText(by: ConversationEvent["by"], who: string, reason: string | null): string {
  if (by === "visitor") return "The visitor ended the conversation";
  if (by === "system") return "The conversation ended: the visitor had not come back";
  return reason === null ? `${who} closed the conversation` : `${who} closed the conversation: ${reason}`;
}
