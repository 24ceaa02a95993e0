/** Instants in words: how long ago while that is what matters, the date later. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "just now", "5 min ago", "2 h ago", "3 d ago"; none when a date says more (older than a week, or in the future). */
export function ago(then: number, now: number): string | null {
  const passed = now - then;
  // A clock a little behind the server's is common.
  if (passed < -MINUTE) return null;
  if (passed < MINUTE) return "just now";
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`;
  if (passed < DAY) return `${Math.floor(passed / HOUR)} h ago`;
  if (passed < 7 * DAY) return `${Math.floor(passed / DAY)} d ago`;
  return null;
}

/** The date in the reader's zone, with the year when it is another one. */
export function dateOf(then: number, now: number, locale: string, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const sameYear = new Date(then).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }), ...zone }).format(then);
}

/** The instant in full, in the reader's zone and with its name. */
export function fullInstant(then: number, locale: string, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  return new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long", ...zone }).format(then);
}
