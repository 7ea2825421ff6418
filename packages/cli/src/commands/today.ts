import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { parseInput } from '../parse-input.ts';
import { briefShape, showBrief } from '../show-brief.ts';

/** `adjutant today` */
export const today: Command = async (context, raw) =>
  showBrief(context, { kind: 'today', ...parseInput(z.object(briefShape), raw) });
