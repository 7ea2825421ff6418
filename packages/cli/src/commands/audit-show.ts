import { z } from 'zod';
import { auditEntryText } from '../audit-text.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ id: z.string().min(1) });

/** `adjutant audit show <id>` */
export const auditShow: Command = async (context, raw) => {
  const { id } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const entry = await handle.audit.show(id);
    context.output.answer(entry, () => auditEntryText(entry, context.output));
    return exitCodes.ok;
  });
};
