import type { Batch } from '@adjutant/core';

/** The gap of a list in which GitHub left out some, and without ids none of it can be asked for. */
export function listDamage(plural: string): Batch['gaps'][number] {
  return {
    code: 'list_incomplete',
    message: `GitHub could not give all ${plural}; the next sync asks for them again.`,
    affectedCount: null,
  };
}
