import { type SignalSeverity, signalSeveritySchema } from '@adjutant/core/domain';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { requireRule } from '../require-rule.ts';
import { signalsText } from '../signals-text.ts';

const severities: readonly SignalSeverity[] = signalSeveritySchema.options;
const inputSchema = z.object({
  all: z.boolean().default(false),
  rule: z.string().min(1).max(100).optional(),
  severity: z.enum(severities, `write one of ${severities.join(', ')}`).optional(),
  evaluate: z.boolean().default(false),
});
const shown = 100;

/** `adjutant signals [list] [--all] [--rule r] [--severity s] [--evaluate]` */
export const signalsList: Command = async (context, raw) => {
  const { all, rule, severity, evaluate } = parseInput(inputSchema, raw);
  const { output, clock } = context;
  return withAdjutant(context, async ({ handle }) => {
    const { signals } = handle;
    if (evaluate && (await signals.evaluate({ everything: true })) === null) {
      output.warn('Another process runs the rules at this moment; this is what it left so far.');
    }
    if (rule !== undefined) await requireRule(signals, rule);
    const page = await signals.list({
      ruleId: rule,
      atLeast: severity,
      withHidden: all,
      limit: shown,
    });
    output.answer(page, () => signalsText(page.items, page.total, clock.now(), output));
    return exitCodes.ok;
  });
};
