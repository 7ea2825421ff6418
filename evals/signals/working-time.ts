/** Working time in UTC: Monday to Friday, nine to five. Scenarios say in it when people do things. */

export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;
export const weekMs = 7 * dayMs;

const beginsAt = 9 * hourMs;
const endsAt = 17 * hourMs;

/** Returns the midnight that a day began with. */
export function midnightOf(at: number): number {
  return at - (((at % dayMs) + dayMs) % dayMs);
}

export function isWeekend(at: number): boolean {
  const weekday = new Date(at).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** Returns the instant itself where people are at work then, else when they come next. */
export function atWork(at: number): number {
  const midnight = midnightOf(at);
  if (isWeekend(at)) return atWork(midnight + dayMs + beginsAt);
  if (at < midnight + beginsAt) return midnight + beginsAt;
  if (at >= midnight + endsAt) return atWork(midnight + dayMs + beginsAt);
  return at;
}

/** Returns the instant that lies so many working hours after another. */
export function workHoursAfter(at: number, hours: number): number {
  let now = atWork(at);
  let left = hours * hourMs;
  for (;;) {
    const room = midnightOf(now) + endsAt - now;
    if (left < room) return Math.floor((now + left) / 1_000) * 1_000;
    left -= room;
    now = atWork(midnightOf(now) + dayMs + beginsAt);
  }
}

/** Returns the instant so many weekdays later, at the same time of day. */
export function weekdaysAfter(at: number, days: number): number {
  let now = at;
  for (let left = days; left > 0; ) {
    now += dayMs;
    if (!isWeekend(now)) left -= 1;
  }
  return now;
}

/** Returns the same, as the day of the calendar. */
export function dayText(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
