import { z } from 'zod';
import type { CommandContext } from './command-context.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { findOneFinding } from './find-one-finding.ts';
import { withAdjutant } from './open-adjutant.ts';
import { parseInput } from './parse-input.ts';
import { requireRule } from './require-rule.ts';

const inputSchema = z.object({
  rule: z.string().min(1).max(100),
  finding: z.string().min(1).max(100).optional(),
  reason: z.string().max(500, 'write at most 500 characters').optional(),
});

/** Hides what a rule finds, everywhere or of one subject, or shows it again. */
export async function changeMute(
  context: CommandContext,
  raw: unknown,
  isMuted: boolean,
): Promise<ExitCode> {
  const { rule, finding, reason } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle: { signals } }) => {
    const { id } = await requireRule(signals, rule);
    const found =
      finding === undefined ? null : await signals.get(await findOneFinding(signals, finding));
    const what = { ruleId: id, ...(found === null ? {} : { subjectId: found.subjectId }) };
    if (isMuted) await signals.mute({ ...what, reason });
    else await signals.unmute(what);
    const where = found === null ? 'everywhere' : `of ${found.subjectKey}`;
    context.output.answer({ ...what, isMuted }, () =>
      isMuted
        ? `What ${id} finds ${where} is not shown any more. To show it again: adjutant rules unmute ${id}`
        : `What ${id} finds ${where} is shown.`,
    );
    return exitCodes.ok;
  });
}
