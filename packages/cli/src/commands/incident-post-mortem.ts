import { incidentTimeline, renderPostMortem } from '@adjutant/insights';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { findOneIncident } from '../find-one-incident.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { textLines, writeLines } from '../write-lines.ts';

const inputSchema = z.object({
  id: z.string().min(1).max(200),
  out: z.string().min(1).optional(),
  force: z.boolean().default(false),
});

/** `adjutant incident post-mortem <id>` */
export const incidentPostMortem: Command = async (context, raw) => {
  const { id, out, force } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ handle }) => {
    const incident = await incidentTimeline(handle, await findOneIncident(handle, id));
    const text = renderPostMortem(incident);
    if (out === undefined) {
      context.output.answer(incident, () => text);
    } else {
      const { path } = await writeLines(context.io, out, textLines(text), force);
      context.output.answer({ path }, () => `The document is in ${path}.`);
    }
    return exitCodes.ok;
  });
};
