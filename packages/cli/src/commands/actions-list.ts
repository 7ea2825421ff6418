import { z } from 'zod';
import { actionsText } from '../actions-text.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { stateSchema } from '../state-schema.ts';

const inputSchema = z.object({ status: stateSchema.optional() });
const shown = 50;

/** `adjutant actions list [--status pending]`, and `adjutant actions` */
export const actionsList: Command = async (context, raw) => {
  const { status } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const wanted = status === undefined ? undefined : [status];
    const page = await handle.actions.list({ status: wanted, limit: shown });
    context.output.answer(page, () =>
      actionsText(page.items, page.total, context.clock.now(), context.output),
    );
    return exitCodes.ok;
  });
};
