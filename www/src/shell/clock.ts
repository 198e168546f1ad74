// The wall clock for all who show times: one timer for each interval, however many rows follow it.
import { useSyncExternalStore } from "react";

interface Clock {
  now: number;
  subscribe: (listener: () => void) => () => void;
}

const clocks = new Map<number, Clock>();

/** The wall clock in milliseconds, read again every `everyMs`. */
export function useNow(everyMs: number): number {
  const clock = clockOf(everyMs);
  return useSyncExternalStore(clock.subscribe, () => clock.now);
}

function clockOf(everyMs: number): Clock {
  const known = clocks.get(everyMs);
  if (known) return known;
  const listeners = new Set<() => void>();
  let timer: number | undefined;
  const clock: Clock = {
    now: Date.now(),
    subscribe: (listener) => {
      // A clock that nobody followed has stood still.
      if (listeners.size === 0) tick();
      listeners.add(listener);
      timer ??= window.setInterval(tick, everyMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        window.clearInterval(timer);
        timer = undefined;
      };
    },
  };
  const tick = () => {
    clock.now = Date.now();
    for (const listener of listeners) listener();
  };
  clocks.set(everyMs, clock);
  return clock;
}
