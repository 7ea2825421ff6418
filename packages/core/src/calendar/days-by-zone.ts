const dayMs = 86_400_000;
const mostKept = 5_000;

/**
 * Returns what tells something of the days of time zones, counted from 1970: the same few are asked for
 * again and again, and an instant of a zone is dear to find.
 */
export function createDaysByZone<Told>(
  make: (day: string, timeZone: string) => Told,
): (number: number, timeZone: string) => Told {
  const byZone = new Map<string, Map<number, Told>>();
  return (number, timeZone) => {
    let ofZone = byZone.get(timeZone);
    if (ofZone === undefined || ofZone.size >= mostKept) {
      ofZone = new Map();
      byZone.set(timeZone, ofZone);
    }
    const known = ofZone.get(number);
    if (known !== undefined) return known;
    const told = make(new Date(number * dayMs).toISOString().slice(0, 10), timeZone);
    ofZone.set(number, told);
    return told;
  };
}
