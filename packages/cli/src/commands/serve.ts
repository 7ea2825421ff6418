import type { Notice } from '@adjutant/core';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { parseDuration } from '../duration.ts';
import { exitCodes } from '../exit-codes.ts';
import { gatewayIn } from '../gateway-in.ts';
import { metricsFor } from '../own-metrics.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { portSchema } from '../port-schema.ts';
import { readWhenAsked } from '../read-when-asked.ts';
import { installationOf } from '../running-page.ts';
import { createSetupSteps } from '../setup/create-setup-steps.ts';
import { tellRunning } from '../tell-running.ts';
import { tellServing } from '../tell-serving.ts';
import { readVersion } from '../version.ts';

const inputSchema = z.object({
  port: portSchema,
  every: z.string().transform(parseDuration).optional(),
});

/**
 * `adjutant serve [--port n] [--every 15m]`: the page, and the worker behind it, until Ctrl-C. Where
 * it runs already, a new link to it.
 */
export const serve: Command = async (context, raw) => {
  const { io } = context;
  const { port, every: everyMs } = parseInput(inputSchema, raw);
  const tell = ({ title, text }: Notice): void => context.output.note(`${title}. ${text}`);
  return withAdjutant(
    context,
    async (opened) => {
      const { adjutant, loaded } = opened;
      if (port !== 0) {
        const exitCode = await tellRunning(context, opened, port);
        if (exitCode !== null) return exitCode;
      }
      const { serveGateway } = await import('@adjutant/gateway');
      const approvers = adjutant.approvers();
      const version = readVersion();
      const page = await serveGateway(adjutant, {
        ...(await gatewayIn(opened, context)),
        clock: context.clock,
        installation: installationOf(loaded),
        mcp: { version, metrics: await metricsFor(context.io) },
        version,
        port,
        setup: createSetupSteps(context, opened),
      });
      try {
        const owner = await adjutant.owner();
        const { token } = await approvers.createLoginLink(owner);
        await tellServing(context.output, opened, {
          origin: page.origin,
          link: page.linkFor(token),
        });
        await Promise.all([
          adjutant.workActions({ signal: io.signal }),
          readWhenAsked(context, opened, everyMs),
        ]);
        return exitCodes.interrupted;
      } finally {
        await page.close();
      }
    },
    tell,
  );
};
