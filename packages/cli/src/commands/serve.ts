import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import type { Command, CommandContext } from '../command-context.ts';
import { parseDuration } from '../duration.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type OpenAdjutant, withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';
import { portSchema } from '../port-schema.ts';
import { findRunningPage, installationOf } from '../running-page.ts';
import { syncRepeatedly } from '../sync-repeatedly.ts';
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
  const { io } = context;
  const { port, every: everyMs } = parseInput(inputSchema, raw);
  return withAdjutant(context, async (opened) => {
    const { adjutant, loaded } = opened;
    if (port !== 0) {
      const exitCode = await tellRunning(context, opened, port);
      if (exitCode !== null) return exitCode;
    }
    const { serveLocal } = await import('@adjutant/gateway');
    const approvers = adjutant.approvers();
    const page = await serveLocal({
      approvers,
      actionsFor: (viewer) => adjutant.workspace().as(viewer).actions,
      clock: context.clock,
      installation: installationOf(loaded),
      port,
    });
    try {
      const owner = await adjutant.owner();
      const { token } = await approvers.createLoginLink(owner);
      await tellServing(context.output, opened, { origin: page.origin, link: page.linkFor(token) });
      await Promise.all([
        adjutant.workActions({ signal: io.signal }),
        readWhenAsked(context, opened, everyMs),
      ]);
      return exitCodes.interrupted;
    } finally {
      await page.close();
    }
  });
};

/** Where another process serves this very page, it goes on doing so; only a new link is made. */
async function tellRunning(
  { output }: CommandContext,
  opened: OpenAdjutant,
  port: number,
): Promise<ExitCode | null> {
  const running = await findRunningPage(opened, port);
  if (running === null) return null;
  const { origin } = running;
  const { link } = await running.makeLink({ maker: await opened.adjutant.owner() });
  output.answer({ origin, link, alreadyServed: true }, () =>
    [
      `Another process serves it already: ${origin}`,
      `Sign in once, within five minutes: ${link}`,
    ].join('\n'),
  );
  return exitCodes.ok;
}

const lookAgainMs = 30_000;

/** A refresh that somebody asks for is answered by this process, unless another one does that. */
async function readWhenAsked(
  context: CommandContext,
  { adjutant, loaded }: OpenAdjutant,
  everyMs: number | undefined,
): Promise<void> {
  const { io, output, clock } = context;
  // Without a source there is nothing to read, and a request would be called done for nothing.
  if (everyMs === undefined && Object.keys(loaded.config.connectors).length === 0) return;
  let isTold = false;
  while (!io.signal.aborted) {
    try {
      return await syncRepeatedly(context, adjutant, everyMs);
    } catch (error) {
      const isElsewhere = AdjutantError.isInstance(error) && error.code === 'Conflict';
      if (!isElsewhere || everyMs !== undefined) throw error;
    }
    if (!isTold) output.note('Another process reads the sources; this one begins once it ends.');
    isTold = true;
    await clock.sleep(lookAgainMs, io.signal).catch(() => undefined);
  }
}
