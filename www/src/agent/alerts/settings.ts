// What a person wants to be alerted to, and how: remembered in this browser, for each operator, and the same in all tabs.
// Everything is off until they turn it on.
import { useSyncExternalStore } from "react";
import { storedTexts } from "./stored";

export interface AlertSettings {
  /** A short tone. */
  hasSound: boolean;
  /** A notification of the desktop, where the browser has the person's permission. */
  hasDesktop: boolean;
  /** Whether a notification shows what the visitor wrote. */
  showsText: boolean;
  /** The queues seen so far, by id. Those that are not here are on. */
  queues: Readonly<Record<string, { name: string; isOn: boolean }>>;
}

const texts = storedTexts("bonafide:alerts:");
const nothing: AlertSettings = { hasSound: false, hasDesktop: false, showsText: false, queues: {} };
const listeners = new Set<() => void>();
/** What was read last, so that the same text gives the same object. */
const known = new Map<string, { text: string | null; settings: AlertSettings }>();

export function useAlertSettings(operator: string): AlertSettings {
  return useSyncExternalStore(subscribe, () => alertSettings(operator));
}

export function alertSettings(operator: string): AlertSettings {
  const text = texts.read(operator);
  const last = known.get(operator);
  if (last && last.text === text) return last.settings;
  const settings = settingsFrom(text);
  known.set(operator, { text, settings });
  return settings;
}

export function changeAlerts(operator: string, change: Partial<AlertSettings>): void {
  texts.keep(operator, JSON.stringify({ ...alertSettings(operator), ...change }));
  for (const listener of listeners) listener();
}

/** Remembers queues by their names, so that each can be turned off also while nobody waits in it. */
export function queuesSeen(operator: string, seen: readonly { id: string; name: string }[]): void {
  const { queues } = alertSettings(operator);
  const news = seen.filter(({ id, name }) => queues[id]?.name !== name);
  if (news.length === 0) return;
  const named = news.map(({ id, name }) => [id, { name, isOn: queues[id]?.isOn ?? true }] as const);
  changeAlerts(operator, { queues: { ...queues, ...Object.fromEntries(named) } });
}

export const isQueueOn = ({ queues }: AlertSettings, queue: string): boolean => queues[queue]?.isOn ?? true;

function settingsFrom(text: string | null): AlertSettings {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    if (typeof value !== "object" || value === null) return nothing;
    const { hasSound, hasDesktop, showsText, queues } = value as Partial<AlertSettings>;
    return {
      hasSound: hasSound === true,
      hasDesktop: hasDesktop === true,
      showsText: showsText === true,
      queues: typeof queues === "object" && queues !== null ? queues : {},
    };
  } catch {
    return nothing;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}
