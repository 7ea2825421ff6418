import { createHash } from 'node:crypto';

/** Gives out what GitHub gives out: numeric ids that never come back, and commit names. */
export interface Identifiers {
  next(): number;
  /** A commit name that depends on its number alone. */
  commitName(): string;
}

export function createIdentifiers(): Identifiers {
  let last = 1_000_000;
  return {
    next: () => (last += 1),
    commitName: () =>
      createHash('sha1')
        .update(`twin commit ${(last += 1)}`)
        .digest('hex'),
  };
}
