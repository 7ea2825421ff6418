import { startOfDay } from '@adjutant/core/ports';
import { type BriefKind, briefKindSchema, buildBrief } from '@adjutant/insights';
import { z } from 'zod';
import { type BriefFormat, briefFormatSchema, briefText } from '../brief-text.ts';
import type { Command, CommandContext } from '../command-context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const shape = {
  team: z.string().min(1).max(100).optional(),
  from: z.iso.date('is written as a day, such as 2026-01-31').optional(),
  format: briefFormatSchema.default('text'),
};
const briefInputSchema = z.object({ kind: briefKindSchema.default('today'), ...shape });
const todayInputSchema = z.object({ team: shape.team, format: shape.format });

/** `adjutant brief [kind]` */
export const brief: Command = async (context, raw) =>
  showBrief(context, parseInput(briefInputSchema, raw));

/** `adjutant today` */
export const today: Command = async (context, raw) =>
  showBrief(context, { kind: 'today', from: undefined, ...parseInput(todayInputSchema, raw) });

/** `adjutant triage` */
export const triage: Command = async (context, raw) =>
  showBrief(context, { kind: 'triage', from: undefined, ...parseInput(todayInputSchema, raw) });

interface Asked {
  kind: BriefKind;
  team?: string | undefined;
  from?: string | undefined;
  format: BriefFormat;
}

async function showBrief(context: CommandContext, asked: Asked): Promise<ExitCode> {
  const { output } = context;
  return withAdjutant(context, async ({ handle }) => {
    const { kind, team, from, format } = asked;
    const start = from === undefined ? undefined : startOfDay(from, handle.timeZone);
    const made = await buildBrief(handle, { kind, team, from: start });
    output.answer(made, () => briefText(made, format, output));
    return exitCodes.ok;
  });
}
