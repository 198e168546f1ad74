// Sizes as people read them. Pure.

const units = ["B", "kB", "MB", "GB"] as const;

/** `12 kB`, `3.4 MB`: a kilobyte has 1,024 bytes, as in the limits that administrators set. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit > 0 && value < 10 ? 1 : 0;
  return `${value.toLocaleString("en-US", { maximumFractionDigits: digits })} ${units[unit]}`;
}
