import type { Batch } from '@adjutant/core';

/** The gap of a list in which GitHub left out some, and without ids none of it can be named. */
export function listDamage(plural: string, count: number | null): Batch['gaps'][number] {
  return {
    code: 'list_incomplete',
    message: `GitHub could not give all ${plural}${count === null ? '' : `: ${count} are missing`}; the next sync asks for them again.`,
    affectedCount: count,
  };
}
