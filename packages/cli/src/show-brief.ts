import { startOfDay } from '@adjutant/core/ports';
import { type BriefKind, buildBrief } from '@adjutant/insights';
import { z } from 'zod';
import { type BriefFormat, briefFormatSchema, briefText } from './brief-text.ts';
import type { CommandContext } from './command-context.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { findOneIncident } from './find-one-incident.ts';
import { withAdjutant } from './open-adjutant.ts';

/** What every command that shows a brief takes. */
export const briefShape = {
  team: z.string().min(1).max(100).optional(),
  format: briefFormatSchema.default('text'),
};

export interface AskedBrief {
  kind: BriefKind;
  team?: string | undefined;
  from?: string | undefined;
  incident?: string | undefined;
  format: BriefFormat;
}

/** Makes a brief and writes it in the format that was asked for. */
export async function showBrief(context: CommandContext, asked: AskedBrief): Promise<ExitCode> {
  const { output } = context;
  return withAdjutant(context, async ({ handle }) => {
    const { kind, team, from, format } = asked;
    const about =
      asked.incident === undefined ? undefined : await findOneIncident(handle, asked.incident);
    const start = from === undefined ? undefined : startOfDay(from, handle.timeZone);
    const made = await buildBrief(handle, { kind, team, from: start, incident: about });
    output.answer(made, () => briefText(made, format, output));
    return exitCodes.ok;
  });
}
