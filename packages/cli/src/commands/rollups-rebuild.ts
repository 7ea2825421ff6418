import { formatNumber } from '@adjutant/insights';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';

/** `adjutant rollups rebuild`: computes the weekly values of every metric again. */
export const rollupsRebuild: Command = async (context) =>
  withAdjutant(context, async ({ adjutant, handle }) => {
    const pass = await adjutant.rebuildRollups(handle.workspaceId);
    const { weeks, figures, changed } = pass;
    const text = [
      `${formatNumber(figures)} weekly values of ${formatNumber(weeks)} weeks computed.`,
      changed === 0
        ? 'All of them stood there already.'
        : `${formatNumber(changed)} rows are new or said something else before.`,
    ].join('\n');
    context.output.answer(pass, () => text);
    return exitCodes.ok;
  });
