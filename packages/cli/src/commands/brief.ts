import { briefKindSchema } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { parseInput } from '../parse-input.ts';
import { briefShape, showBrief } from '../show-brief.ts';

const from = z.iso.date('is written as a day, such as 2026-01-31').optional();
const briefInputSchema = z.object({ kind: briefKindSchema.default('today'), from, ...briefShape });

/** `adjutant brief [kind]` */
export const brief: Command = async (context, raw) =>
  showBrief(context, parseInput(briefInputSchema, raw));
