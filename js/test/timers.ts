/**
 * `natives.ts` takes the timers when it is loaded, before a test can put others in their place. Here they lead to those that
 * are there when they are called.
 */
type Timer = (...all: unknown[]) => unknown;

for (const name of ["setTimeout", "clearTimeout"] as const) {
  const real = globalThis[name] as Timer;
  const latest: Timer = (...all) => {
    const now = globalThis[name] as Timer;
    return (now === latest ? real : now)(...all);
  };
  Object.assign(globalThis, { [name]: latest });
}
