import type { CommandContext } from './command-context.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { OpenAdjutant } from './open-adjutant.ts';
import { findRunningPage } from './running-page.ts';

/** Where another process serves this very page, it goes on doing so; only a new link is made. */
export async function tellRunning(
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
