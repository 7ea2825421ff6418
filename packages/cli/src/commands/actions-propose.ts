import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import { actionText } from '../actions-text.ts';
import type { Command, CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({
  type: z.string().min(1).max(80),
  payload: z.string().min(1).max(1_000_000),
  key: z.string().min(8).max(200),
  reason: z.string().max(2_000).optional(),
});
const payloadSchema = z.record(z.string(), z.unknown());

/** `adjutant actions propose <type> --payload <json or @file> --key <key>` */
export const actionsPropose: Command = async (context, raw) => {
  const { type, payload, key, reason } = parseInput(inputSchema, raw);
  const given = readPayload(context, payload);
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

function readPayload({ io }: CommandContext, payload: string): Record<string, unknown> {
  const text = payload.startsWith('@') ? readText(resolve(io.cwd, payload.slice(1))) : payload;
  const parsed = payloadSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new AdjutantError('InvalidInput', 'The payload is not a JSON object.', {
    hint: `Write it as '{"repository":"acme/api","number":12}', or @file for one in a file.`,
  });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AdjutantError('InvalidInput', `The file ${path} cannot be read.`, {
      hint: 'Check the path behind "@".',
      cause,
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
