import { AdjutantError } from '../errors.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { refreshRollups } from './refresh-rollups.ts';
import type { RollupPass } from './rollups-handle.ts';

/**
 * Computes every weekly value again and returns what was done. What is right already stays as it is.
 * @throws AdjutantError `Conflict` where another process computes them
 */
export async function rebuildRollups(
  context: ReadContext,
  reach: () => void | Promise<void>,
): Promise<RollupPass> {
  const pass = await refreshRollups(context, { everything: true, reach });
  if (pass !== null) return pass;
  throw new AdjutantError('Conflict', 'Another process is computing weekly values.', {
    hint: 'Try again when it has finished.',
  });
}
