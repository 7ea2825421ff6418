import { join } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import type { CommandContext } from '../command-context.ts';
import { configFileName } from '../config/find-config.ts';
import type { ExitCode } from '../exit-codes.ts';
import { openAdjutant, type OpenAdjutant } from '../open-adjutant.ts';
import { serveOpened } from '../serve-opened.ts';
import { trustWritten } from '../trust/trust-written.ts';
import { startAssistant } from './assistant.ts';
import { movingDemoClock } from './demo-clock.ts';
import { addDemoTeams } from './demo-teams.ts';
import { type DemoSignIn, demoSignIns, makeDemoLead } from './demo-sign-ins.ts';
import { type ProposedMerge, proposeMerge } from './propose-merge.ts';
import type { DemoResult } from './run-demo.ts';
import { type DemoPlacesStarted, withEnvironment } from './start-demo-places.ts';
import { tellDemoServed } from './tell-demo-served.ts';

/**
 * Serves the team of a demo that has just run, as "serve" does any other, until Ctrl-C: on the demo's
 * Monday, with its code host still there, and with a merge that waits for somebody.
 * @throws AdjutantError `Configuration` where the team could not be kept
 */
export async function serveDemo(
  context: CommandContext,
  { kept }: DemoResult,
  { places, port }: { places: DemoPlacesStarted; port: number },
): Promise<ExitCode> {
  if (kept === null) {
    throw new AdjutantError('Configuration', 'The made-up team could not be kept.', {
      hint: 'Make your data folder writable; the page is served from there.',
    });
  }
  const configPath = join(kept, configFileName);
  places.work.addNewcomers();
  trustWritten(context, configPath, () => addDemoTeams(configPath, places.host.repositories));
  const onMonday = { ...context, configPath, clock: movingDemoClock() };
  const place = withEnvironment(onMonday, places.env);
  await makeDemoLead(place);
  const opened = await openAdjutant(place);
  try {
    const waiting = await proposeOne(place, opened);
    return await serveOpened(place, opened, {
      port,
      everyMs: undefined,
      async tell(page) {
        const signIns: DemoSignIn[] = await demoSignIns(opened, page);
        tellDemoServed(context, { origin: page.origin, signIns, waiting });
      },
    });
  } finally {
    await opened.adjutant.close();
  }
}

/** Has an assistant propose one more merge, over MCP, and leaves it to whoever opens the page. */
async function proposeOne(
  context: CommandContext & { configPath: string },
  { adjutant, handle }: OpenAdjutant,
): Promise<ProposedMerge> {
  const stop = new AbortController();
  const working = adjutant.workActions({ signal: stop.signal });
  const assistant = await startAssistant(context.io, context.configPath);
  try {
    return await proposeMerge(handle, assistant);
  } finally {
    await assistant.close();
    stop.abort();
    await working;
  }
}
