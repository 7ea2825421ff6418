import type { Notice } from '@adjutant/core';
import { z } from 'zod';
import type { Command } from '../command-context.ts';
import { parseDuration } from '../duration.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { portSchema } from '../port-schema.ts';
import { serveOpened } from '../serve-opened.ts';
import { tellRunning } from '../tell-running.ts';
import { tellServing } from '../tell-serving.ts';

const inputSchema = z.object({
  port: portSchema,
  every: z.string().transform(parseDuration).optional(),
});

/**
 * `adjutant serve [--port n] [--every 15m]`: the page, and the worker behind it, until Ctrl-C. Where
 * it runs already, a new link to it.
 */
export const serve: Command = async (context, raw) => {
  const { port, every: everyMs } = parseInput(inputSchema, raw);
  const tell = ({ title, text }: Notice): void => context.output.note(`${title}. ${text}`);
  return withAdjutant(
    context,
    async (opened) => {
      const { adjutant } = opened;
      if (port !== 0) {
        const exitCode = await tellRunning(context, opened, port);
        if (exitCode !== null) return exitCode;
      }
      return serveOpened(context, opened, {
        port,
        everyMs,
        async tell(page) {
          const { token } = await adjutant.approvers().createLoginLink(await adjutant.owner());
          await tellServing(context.output, opened, {
            origin: page.origin,
            link: page.linkFor(token),
          });
        },
      });
    },
    tell,
  );
};
