/** How many things are asked for at once: halved when that was too much, doubled when it went well. */
export interface PageSize {
  readonly value: number;
  /** Returns false where it cannot get smaller. */
  halve(): boolean;
  succeed(): void;
}

export function createPageSize(largest: number): PageSize {
  let value = largest;
  let successes = 0;
  let wanted = 1;
  return {
    get value() {
      return value;
    },
    halve() {
      if (value === 1) return false;
      value = Math.floor(value / 2);
      successes = 0;
      // What failed once at a size is likely to fail there again: more patience each time.
      wanted = Math.min(16, wanted * 2);
      return true;
    },
    succeed() {
      successes += 1;
      if (value >= largest || successes < wanted / 2) return;
      value = Math.min(largest, value * 2);
      successes = 0;
    },
  };
}
