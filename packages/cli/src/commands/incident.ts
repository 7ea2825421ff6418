import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { parseInput } from '../parse-input.ts';
import { briefShape, showBrief } from '../show-brief.ts';

const inputSchema = z.object({ id: z.string().min(1).max(200).optional(), ...briefShape });

/** `adjutant incident [id]` */
export const incident: Command = async (context, raw) => {
  const { id, ...asked } = parseInput(inputSchema, raw);
  return showBrief(context, { kind: 'incident', incident: id, ...asked });
};
