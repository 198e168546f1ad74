// What an audit entry says in words, and whether it holds a text somebody looks for.
import type { AuditEntry } from "../../api/types";

/** "authentication-setting.updated" as people say it. */
export function actionText(action: string): string {
  const words = action.replaceAll(/[.-]/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function actorName(actor: AuditEntry["actor"]): string {
  if (actor.kind === "operator") return actor.name;
  return actor.kind === "visitor" ? "A visitor" : "The server";
}

/** Every word of `filter` occurs somewhere in the entry, in any case. */
export function mentions(entry: AuditEntry, filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = [
    entry.action,
    actionText(entry.action),
    actorName(entry.actor),
    entry.subject,
    entry.requestId,
    entry.code,
    ...Object.entries(entry.details).flat(),
  ]
    .join("\n")
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
