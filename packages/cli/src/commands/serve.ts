import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { parseDuration } from '../duration.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { tellServing } from '../tell-serving.ts';
import { syncRepeatedly } from '../sync-repeatedly.ts';

const inputSchema = z.object({
  port: z
    .string()
    .regex(/^\d{1,5}$/, 'write a port, such as 4747')
    .transform(Number)
    .refine((port) => port <= 65_535, 'write a port up to 65535'),
  every: z.string().transform(parseDuration).optional(),
});

/** `adjutant serve [--port n] [--every 15m]`: the page, and the worker behind it, until Ctrl-C. */
export const serve: Command = async (context, raw) => {
  const { io } = context;
  const { port, every: everyMs } = parseInput(inputSchema, raw);
  return withAdjutant(context, async (opened) => {
    const { adjutant } = opened;
    const { serveLocal } = await import('@adjutant/gateway');
    const approvers = adjutant.approvers();
    const page = await serveLocal({
      approvers,
      actionsFor: (viewer) => adjutant.workspace().as(viewer).actions,
      clock: context.clock,
      port,
    });
    try {
      const owner = await adjutant.owner();
      const { token } = await approvers.createLoginLink(owner);
      await tellServing(context.output, opened, { origin: page.origin, link: page.linkFor(token) });
      await Promise.all([
        adjutant.workActions({ signal: io.signal }),
        ...(everyMs === undefined ? [] : [syncRepeatedly(context, adjutant, everyMs)]),
      ]);
      return exitCodes.interrupted;
    } finally {
      await page.close();
    }
  });
};
