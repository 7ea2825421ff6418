/** Something that ended in success or failure. */
export interface Ended {
  id: string;
  result: string | null;
  at: number;
}

export interface FailingStreak<Row extends Ended> {
  last: Row | null;
  /** Those that fail in a row up to the last one, the earliest first; empty where that succeeded. */
  failing: Row[];
  /** The success before them, where there is one. */
  before: Row | null;
}

/** Returns how a row of things stands that ended one after the other, the earliest first. */
export function failingStreak<Row extends Ended>(rows: readonly Row[]): FailingStreak<Row> {
  const decided = rows.filter(({ result }) => result === 'success' || result === 'failure');
  const successAt = decided.findLastIndex(({ result }) => result === 'success');
  return {
    last: decided.at(-1) ?? null,
    failing: decided.slice(successAt + 1),
    before: decided[successAt] ?? null,
  };
}
