const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Counts days back from the Monday on which a demo is looked at. */
export interface DemoDays {
  /** Returns the instant of an hour so many days before that Monday; 3 is the Friday. */
  at: (daysBefore: number, hour: number) => number;
  /** Returns the same as a calendar day, `2026-09-25`. */
  dayOf: (daysBefore: number) => string;
  /** Returns one of a list: another for another seed. */
  pick: <Item>(list: readonly Item[], place: number) => Item;
}

/** Returns the days before an instant; the seed decides who does what. */
export function demoDays(monday: number, seed: number): DemoDays {
  const at = (daysBefore: number, hour: number): number =>
    monday - daysBefore * dayMs + hour * hourMs;
  return {
    at,
    dayOf: (daysBefore) => new Date(at(daysBefore, 0)).toISOString().slice(0, 10),
    pick(list, place) {
      const item = list[(place * 5 + seed * 7) % list.length];
      if (item === undefined) throw new RangeError('There is nothing to pick from.');
      return item;
    },
  };
}
