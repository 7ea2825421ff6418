import { startOfDay } from '@adjutant/core/ports';
import { type BriefKind, briefKindSchema, buildBrief } from '@adjutant/insights';
import { z } from 'zod';
import { type BriefFormat, briefFormatSchema, briefText } from '../brief-text.ts';
import type { Command, CommandContext } from '../command-context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { findOneIncident } from '../find-one-incident.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const shape = {
  team: z.string().min(1).max(100).optional(),
  from: z.iso.date('is written as a day, such as 2026-01-31').optional(),
  format: briefFormatSchema.default('text'),
};
const briefInputSchema = z.object({ kind: briefKindSchema.default('today'), ...shape });
const todayInputSchema = z.object({ team: shape.team, format: shape.format });

const incidentInputSchema = todayInputSchema.extend({ id: z.string().min(1).max(200).optional() });

/** `adjutant brief [kind]` */
export const brief: Command = async (context, raw) =>
  showBrief(context, parseInput(briefInputSchema, raw));

/** `adjutant today` */
export const today: Command = async (context, raw) =>
  showBrief(context, { kind: 'today', from: undefined, ...parseInput(todayInputSchema, raw) });

/** `adjutant triage` */
export const triage: Command = async (context, raw) =>
  showBrief(context, { kind: 'triage', from: undefined, ...parseInput(todayInputSchema, raw) });

/** `adjutant incident [id]` */
export const incident: Command = async (context, raw) => {
  const { id, ...asked } = parseInput(incidentInputSchema, raw);
  return showBrief(context, { kind: 'incident', from: undefined, incident: id, ...asked });
};

interface Asked {
  kind: BriefKind;
  team?: string | undefined;
  from?: string | undefined;
  incident?: string | undefined;
  format: BriefFormat;
}

async function showBrief(context: CommandContext, asked: Asked): Promise<ExitCode> {
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
