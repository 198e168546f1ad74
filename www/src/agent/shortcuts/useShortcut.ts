// Keys that do something outside of text fields. Single letters get in the way of some who work by voice or with unsteady
// hands (WCAG 2.1.4), so they can be turned off; that is remembered in this browser.
import { useSyncExternalStore } from "react";
import { useHotkeys } from "react-hotkeys-hook";

const storageKey = "bonafide:shortcuts";
const listeners = new Set<() => void>();
let isOn = readIsOn();

/** Calls `then` when the key is pressed, unless somebody writes or a dialog or menu is open. */
export function useShortcut(key: string, then: () => void): void {
  useHotkeys(key, then, {
    enabled: useShortcutsOn(),
    useKey: true,
    preventDefault: true,
    ignoreEventWhen: () => document.querySelector("[role=dialog],[role=alertdialog],[role=menu]") !== null,
  });
}

export const useShortcutsOn = (): boolean => useSyncExternalStore(subscribe, () => isOn);

export function turnShortcuts(on: boolean): void {
  isOn = on;
  try {
    if (on) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, "off");
  } catch {
    // Storage may be forbidden: the choice then lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

function readIsOn(): boolean {
  try {
    return localStorage.getItem(storageKey) !== "off";
  } catch {
    return true;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
