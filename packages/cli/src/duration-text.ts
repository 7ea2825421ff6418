const msPerMinute = 60_000;
const minutesPerHour = 60;
const hoursPerDay = 24;

/** Returns a time that is left in the largest units that tell: `3 d 4 h`, `2 h 5 min`, `1 min`. */
export function durationText(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / msPerMinute));
  if (minutes < minutesPerHour) return `${minutes} min`;
  const hours = Math.floor(minutes / minutesPerHour);
  if (hours < hoursPerDay) return `${hours} h ${minutes % minutesPerHour} min`;
  return `${Math.floor(hours / hoursPerDay)} d ${hours % hoursPerDay} h`;
}
