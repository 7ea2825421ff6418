import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { parseInput } from '../parse-input.ts';
import { briefShape, showBrief } from '../show-brief.ts';

/** `adjutant triage` */
export const triage: Command = async (context, raw) =>
  showBrief(context, { kind: 'triage', ...parseInput(z.object(briefShape), raw) });
