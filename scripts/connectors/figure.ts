/** A figure beside what it must be. */
export interface Figure {
  item: string;
  name: string;
  value: number | string;
  /** What it must be, in words. */
  bound: string;
  ok: boolean;
}

export function atMost(item: string, name: string, value: number, bound: number): Figure {
  return { item, name, value, bound: `at most ${bound}`, ok: value <= bound };
}

export function atLeast(item: string, name: string, value: number, bound: number): Figure {
  return { item, name, value, bound: `at least ${bound}`, ok: value >= bound };
}

export function exactly(item: string, name: string, value: number, bound: number): Figure {
  return { item, name, value, bound: String(bound), ok: value === bound };
}
