import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import { actionText } from '../action-text.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { readPayload } from '../read-payload.ts';

const keyWords = 'write a key of your own, 8 to 200 characters: the same key is the same action';
const inputSchema = z.object({
  type: z.string().min(1).max(80),
  payload: z.string().min(1, 'write a JSON object, or @file').max(1_000_000),
  key: z.string().min(8, keyWords).max(200, keyWords),
  reason: z.string().max(2_000, 'write at most 2000 characters').optional(),
});
const givenSchema = z.looseObject({
  type: z.string().optional(),
  payload: z.string().optional(),
  key: z.string().optional(),
});

/** `adjutant actions propose <type> --payload <json or @file> --key <key>` */
export const actionsPropose: Command = async (context, raw) => {
  requireAll(raw);
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

/** Names everything that is missing at once. @throws AdjutantError `InvalidInput` */
function requireAll(raw: unknown): void {
  const { type, payload, key } = parseInput(givenSchema, raw);
  const missing = [
    ...(type === undefined ? ['<type>'] : []),
    ...(payload === undefined ? ['--payload <json>'] : []),
    ...(key === undefined ? ['--key <key>'] : []),
  ];
  if (missing.length === 0) return;
  const shown = type === undefined ? 'adjutant actions types' : `adjutant actions types ${type}`;
  throw new AdjutantError('InvalidInput', `A proposal needs ${missing.join(' and ')} too.`, {
    hint: `"${shown}" shows what ${type === undefined ? 'there is' : 'its payload holds'}; a key is your own, 8 characters or more.`,
  });
}
