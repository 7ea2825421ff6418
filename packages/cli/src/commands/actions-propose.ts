import { z } from 'zod';
import { actionText } from '../actions-text.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { readPayload } from '../read-payload.ts';

const inputSchema = z.object({
  type: z.string().min(1).max(80),
  payload: z.string().min(1).max(1_000_000),
  key: z.string().min(8).max(200),
  reason: z.string().max(2_000).optional(),
});

/** `adjutant actions propose <type> --payload <json or @file> --key <key>` */
export const actionsPropose: Command = async (context, raw) => {
  const { type, payload, key, reason } = parseInput(inputSchema, raw);
  const given = readPayload(context.io.cwd, payload);
  return withAdjutant(context, async ({ handle }) => {
    const action = await handle.actions.propose({
      type,
      payload: given,
      idempotencyKey: key,
      rationale: reason,
    });
    context.output.answer(action, () => actionText(action, context.clock.now(), context.output));
    const worker = await handle.actions.worker();
    if (!worker.running) {
      context.output.warn(`No process carries actions out. To start one: ${worker.start}`);
    }
    return exitCodes.ok;
  });
};
