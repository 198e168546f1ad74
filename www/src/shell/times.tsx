// Times as people read them, in their own language and time zone; the exact time is in the tooltip.
import { useNow } from "./clock";

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto", style: "short" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const timeOfDay = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

const steps: [limitSeconds: number, unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  [60, "second", 1],
  [3600, "minute", 60],
  [86_400, "hour", 3600],
  [7 * 86_400, "day", 86_400],
];

/** "3 min. ago", "in 2 hr."; a date when further than a week from `now` (milliseconds). */
export function relativeTime(time: string, now: number): string {
  const seconds = (Date.parse(time) - now) / 1000;
  if (Math.abs(seconds) < 5) return "just now";
  for (const [limit, unit, size] of steps) {
    if (Math.abs(seconds) < limit) return relative.format(Math.trunc(seconds / size), unit);
  }
  return dayAndTime.format(Date.parse(time));
}

const units = { minute: unitFormat("minute"), hour: unitFormat("hour"), day: unitFormat("day") };

/** How long something took, in whole minutes, hours or days: "4 min". */
export function duration(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 60) return units.minute.format(minutes);
  if (minutes < 24 * 60) return units.hour.format(Math.floor(minutes / 60));
  return units.day.format(Math.floor(minutes / (24 * 60)));
}

export const formatFull = (time: string) => full.format(Date.parse(time));
export const formatDayAndTime = (time: string) => dayAndTime.format(Date.parse(time));
export const formatTimeOfDay = (time: string) => timeOfDay.format(Date.parse(time));
export const formatDay = (time: string) => day.format(Date.parse(time));

/** A time relative to now that keeps itself up to date. */
export function RelativeTime({ time, className }: { time: string; className?: string }) {
  const now = useNow(15_000);
  return (
    <time dateTime={time} title={formatFull(time)} className={className}>
      {relativeTime(time, now)}
    </time>
  );
}

export function FullTime({ time }: { time: string }) {
  return (
    <time dateTime={time} title={time}>
      {formatDayAndTime(time)}
    </time>
  );
}

function unitFormat(unit: "minute" | "hour" | "day"): Intl.NumberFormat {
  return new Intl.NumberFormat(undefined, { style: "unit", unit, unitDisplay: "short" });
}
