// What an audit entry says in words: what was done, to what, and each field before and after. Pure.
import type { AuditEntry, RoutingRule } from "../../api/types";
import { operatorNames } from "../streams/streamValues";

/** "authentication-setting.updated" as people say it. */
export function actionText(action: string): string {
  const said = actions[action];
  if (said) return said;
  const words = action.replaceAll(/[.-]/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What people look for most, in the order of the filter; everything else is said by its own words. */
export const actions: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ["authentication-setting", "Authentication setting"],
      ["chat-widget", "Chat widget"],
      ["work-stream", "Work stream"],
      ["queue", "Queue"],
      ["contact", "Contact"],
      ["operator", "Operator"],
      ["canned-reply", "Canned reply"],
    ].flatMap(([kind, name]) => [
      [`${kind}.created`, `${name} recorded`],
      [`${kind}.updated`, `${name} changed`],
      [`${kind}.deleted`, `${name} deleted`],
    ]),
  ),
  "authentication-setting.tested": "Authentication setting tested",
  "operator.signed-in": "Signed in",
  "operator.signed-out": "Signed out",
  "operator.sign-in-refused": "Sign-in refused",
  "operator.password-changed": "Password changed",
  "operator.disabled": "Operator disabled",
  "operator.away": "Went away",
  "operator.here": "Came back",
  "api-token.created": "API token made",
  "api-token.deleted": "API token revoked",
  "token.refused": "Token refused",
  "context.not-admitted": "Context not admitted",
  "conversation.origin-refused": "Page not allowed",
  "keys.changed": "Published keys changed",
  "keys.passed-over": "Published keys with a fault",
  "keys.private-key-shown": "A private key is published",
  "server.set-up": "Server set up",
};

export function actorName(actor: AuditEntry["actor"]): string {
  if (actor.kind === "operator") return actor.name;
  return actor.kind === "visitor" ? "A visitor" : "The server";
}

/** Where a record is edited, by the beginning of its id; null where there is no such page. */
export function pageOf(subject: string): string | null {
  const page = pages[subject.slice(0, 4)];
  return page === undefined ? null : `${page}/${subject}`;
}

const pages: Readonly<Record<string, string>> = {
  set_: "/admin/authentication-settings",
  wgt_: "/admin/chat-widgets",
  wst_: "/admin/work-streams",
  que_: "/admin/queues",
  opr_: "/admin/operators",
  rpl_: "/admin/canned-replies",
};

/** Gives the name of a record by its id; the id itself where it is not known any more. */
export type NameOf = (id: string) => string;

export interface Detail {
  name: string;
  /** Null: there was nothing. */
  before?: string | null;
  after: string | null;
}

/** Details by field: what was and what is of a change in one line. */
export function detailsOf(entry: { details: object }, nameOf: NameOf): Detail[] {
  const details = new Map<string, Detail>();
  for (const [key, value] of Object.entries(entry.details)) {
    const [, field = key, side] = /^(.*)\.(before|after)$/.exec(key) ?? [];
    const name = fields[field] ?? spaced(field);
    const said = valueText(field, value, nameOf);
    if (side === undefined) details.set(key, { name, after: said });
    else {
      const detail = details.get(field) ?? { name, before: null, after: null };
      details.set(field, { ...detail, [side]: said });
    }
  }
  return [...details.values()];
}

function valueText(field: string, value: unknown, nameOf: NameOf): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "string") return String(value);
  if (/^[a-z]{3}_[0-9a-f]+$/.test(value)) return nameOf(value);
  if (!/^[[{]/.test(value)) return value;
  try {
    return said(field, JSON.parse(value), nameOf);
  } catch {
    // A long list is cut when it is recorded.
    return value;
  }
}

/** A list or an object of a record's, in words. */
function said(field: string, value: unknown, nameOf: NameOf): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return "none";
    if (field === "rules") return value.map((rule: RoutingRule, index) => `${index + 1}. ${ruleText(rule, nameOf)}`).join("\n");
    return value.map((part) => said("", part, nameOf)).join("\n");
  }
  if (typeof value === "string") return /^[a-z]{3}_[0-9a-f]+$/.test(value) ? nameOf(value) : value;
  if (typeof value !== "object" || value === null) return String(value);
  const { name, type } = value as { name?: unknown; type?: unknown };
  if (typeof name === "string") return typeof type === "string" ? `${name}: ${type}` : name;
  const parts = Object.entries(value).filter(([, part]) => part !== null);
  return parts.map(([part, what]) => `${fields[part] ?? spaced(part)}: ${said(part, what, nameOf)}`).join("\n");
}

function ruleText({ name, when, queue, priority }: RoutingRule, nameOf: NameOf): string {
  const [tests, joined] = "all" in when ? [when.all, " and "] : [when.any, " or "];
  const text = tests.map((test) => {
    if ("authenticated" in test) return test.authenticated ? "authenticated" : "not authenticated";
    return `${test.variable} ${operatorNames[test.operator]}${test.value == null ? "" : ` ${String(test.value)}`}`;
  });
  return `${name ? `${name}: ` : ""}${text.length === 0 ? "every chat" : text.join(joined)} → ${nameOf(queue)}, priority ${priority}`;
}

/** "leewaySeconds" as "Leeway seconds". */
function spaced(name: string): string {
  if (!/^[a-z][a-zA-Z]*$/.test(name)) return name;
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const fields: Readonly<Record<string, string>> = {
  publicKeyUrl: "Public key URL",
  clientFunction: "JavaScript client function",
  leewaySeconds: "Leeway in seconds",
  absenceSeconds: "Absence in seconds",
  releaseSeconds: "Place kept in seconds",
  signIn: "Sign-in",
  resume: "Another chat of one person",
  maxBytes: "Largest file in bytes",
  email: "E-mail",
};
