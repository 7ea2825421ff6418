import { z } from 'zod';
import { auditListText } from '../audit-text.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({
  event: z.string().min(1).optional(),
  subject: z.string().min(1).optional(),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'write a whole number from 1 to 200')
    .transform(Number)
    .refine((limit) => limit <= 200, 'write a whole number from 1 to 200')
    .default(30),
});

/** `adjutant audit list`, and `adjutant audit` */
export const auditList: Command = async (context, raw) => {
  const query = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const page = await handle.audit.list(query);
    context.output.answer(page, () => auditListText(page, context.output));
    return exitCodes.ok;
  });
};
