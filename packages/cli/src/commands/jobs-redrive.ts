import { viewerLabel } from '@adjutant/core/domain';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const inputSchema = z.object({ job: z.string().min(1).max(80) });

/** `adjutant jobs redrive <job>` */
export const jobsRedrive: Command = async (context, raw) => {
  const { job } = parseInput(inputSchema, raw);
  return withAdjutant(context, async ({ adjutant, handle }) => {
    await adjutant.jobs.redrive(job, viewerLabel(handle.viewer));
    context.output.answer({ redriven: job }, () => 'Put back: "adjutant serve" runs it.');
    return exitCodes.ok;
  });
};
