// Light, dark, or as the system says: the person's choice, kept in this browser. Knows nothing of Fluent.
import { useSyncExternalStore } from "react";

export type SchemeChoice = "system" | "light" | "dark";

const storageKey = "bonafide:scheme";
const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

let choice = storedChoice();

/** The scheme in force and the choice behind it. */
export function useScheme(): { scheme: "light" | "dark"; choice: SchemeChoice } {
  const scheme = useSyncExternalStore(subscribe, currentScheme);
  const chosen = useSyncExternalStore(subscribe, () => choice);
  return { scheme, choice: chosen };
}

/** Takes a choice and remembers it. */
export function chooseScheme(next: SchemeChoice): void {
  choice = next;
  try {
    if (next === "system") localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, next);
  } catch {
    // Storage may be forbidden: the choice then lasts as long as the page.
  }
  announce();
}

function currentScheme(): "light" | "dark" {
  if (choice !== "system") return choice;
  return systemDark.matches ? "dark" : "light";
}

function storedChoice(): SchemeChoice {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system";
  }
}

function announce(): void {
  document.documentElement.dataset["scheme"] = currentScheme();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

systemDark.addEventListener("change", announce);
announce();
