import { AdjutantError } from '@adjutant/core/ports';
import type { CommandContext } from './command-context.ts';
import type { OpenAdjutant } from './open-adjutant.ts';
import { syncRepeatedly } from './sync-repeatedly.ts';

const lookAgainMs = 30_000;

/** A refresh that somebody asks for is answered by this process, unless another one does that. */
export async function readWhenAsked(
  context: CommandContext,
  { adjutant, loaded }: OpenAdjutant,
  everyMs: number | undefined,
): Promise<void> {
  const { io, output, clock } = context;
  // Without a source there is nothing to read, and a request would be called done for nothing.
  if (everyMs === undefined && Object.keys(loaded.config.connectors).length === 0) return;
  let isTold = false;
  while (!io.signal.aborted) {
    try {
      return await syncRepeatedly(context, adjutant, everyMs);
    } catch (error) {
      const isElsewhere = AdjutantError.isInstance(error) && error.code === 'Conflict';
      if (!isElsewhere || everyMs !== undefined) throw error;
    }
    if (!isTold) output.note('Another process reads the sources; this one begins once it ends.');
    isTold = true;
    await clock.sleep(lookAgainMs, io.signal).catch(() => undefined);
  }
}
